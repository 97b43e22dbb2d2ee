/** Pixels of 1 rem, unless a person has chosen another size of text in the browser. */
const ROOT_PX = 16;
/** Lengths below this are lines and gaps that hold no text, and stay as they are. */
const LEAST_PX = 4;

/**
 * What is used of a sheet of PostCSS, which comes with Vite.
 * @typedef {{
 *   walkDecls: (each: (declaration: { value: string }) => void) => void,
 *   walkAtRules: (name: RegExp, each: (rule: { params: string }) => void) => void,
 * }} Root
 */

/** @param {string} css a value, or the condition of a query */
const inRem = (css) =>
  css.replaceAll(/(?<![\w.#-])(-?)(\d*\.?\d+)px\b/g, (length, sign, digits) =>
    Number(digits) < LEAST_PX ? length : `${sign}${Number(digits) / ROOT_PX}rem`,
  );

/**
 * Writes the pixels of the styles in rem, conditions of queries included: a page whose text is twice as large is laid out as one
 * in a window of half the width. So the styles can go on saying pixels, as the design does.
 * docs/decisions/interface-and-bundle.md#the-size-of-text-is-the-browsers
 * @returns {{ postcssPlugin: string, OnceExit: (root: Root) => void }}
 */
export const pixelsInRem = () => ({
  postcssPlugin: 'pixels-in-rem',
  OnceExit(root) {
    root.walkDecls((declaration) => {
      if (declaration.value.includes('px')) declaration.value = inRem(declaration.value);
    });
    root.walkAtRules(/^(?:media|container)$/, (rule) => {
      rule.params = inRem(rule.params);
    });
  },
});
