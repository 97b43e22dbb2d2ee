/** The module whose function Vite calls around every `import()` of a build. */
const HELPER = '\0vite/preload-helper.js';

/** An `import()` as it is in the build: `()=>import(…)`, or `async()=>{let{…}=await import(…)…`. */
const IMPORT = /(?:\(\)=>|async\(\)=>\{let\{[^}]*\}=await )import\((`[^`]+`)\)/g;
const ANY_IMPORT = /\bimport\((`[^`]+`)\)/g;

/**
 * Loads every part of the page by `src/parts/load-part.ts`: takes the place of Vite's own helper, lets the loader say under which
 * address a part is imported, and ends each script with the hash of its name, by which the loader knows it.
 * @returns {import('vite').Plugin[]}
 */
export function parts() {
  return [
    {
      name: 'parts-loader',
      apply: 'build',
      enforce: 'pre',
      resolveId: { filter: { id: /^\0?vite\/preload-helper\.js$/ }, handler: () => HELPER },
      load: {
        filter: { id: /preload-helper\.js$/ },
        handler: (id) => (id === HELPER ? "export { loadPart as __vitePreload } from '@/parts/load-part';" : null),
      },
    },
    {
      name: 'parts-addresses',
      apply: 'build',
      enforce: 'post',
      generateBundle: {
        order: 'post',
        handler(_, bundle) {
          for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk') chunk.code = addressed(chunk);
        },
      },
    },
  ];
}

/** The scripts that workers are built of: no loader, as each worker starts anew, and the same mark at the end. @returns {import('vite').Plugin} */
export const workerParts = () => ({
  name: 'parts-of-workers',
  apply: 'build',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk') chunk.code += markOf(chunk.fileName);
    },
  },
});

/** As in `src/parts/arrival.ts`. @param {string} file */
const markOf = (file) => `\n//${file.slice(-11, -3)}\n`;

/**
 * The code of a chunk whose imports take an address.
 * @param {{ fileName: string, code: string }} chunk
 * @throws {Error} when an import is written in another way
 */
export function addressed({ fileName, code }) {
  const wanted = code.match(ANY_IMPORT)?.length ?? 0;
  let found = 0;
  const changed = code.replace(IMPORT, (text, address) => {
    found++;
    return text.replace('()=>', '($q)=>').replace(`import(${address})`, `import($q||${address})`);
  });
  if (found !== wanted) throw new Error(`${fileName} has ${wanted - found} imports that no part loader would see.`);
  return changed + markOf(fileName);
}
