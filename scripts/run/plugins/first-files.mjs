import { closure } from '../closure.mjs';

/** The screens of a first visit, each a group of `vite.config.ts`. */
const SCREENS = {
  explorer: /src\/(?:features\/(?:messages\/messages-screen|queues\/queue-overview)|app\/(?:sidebar|status-bar))\.tsx$/,
  connect: /src\/features\/connections\/connect-screen\.tsx$/,
};

/** @typedef {Record<string, { type: string, imports?: string[], moduleIds?: string[] }>} Bundle */

/**
 * Has the page ask for the files of its first screen together with its own, which else would have to run before they are known:
 * for Connect, since a host of static files knows of no connection. Beside them stand those of the explorer, in a `<meta>` element:
 * the local server has the page ask for them instead where it has a queue service (`server/page/first-files.ts`).
 * @returns {import('vite').Plugin}
 */
export const firstFiles = () => ({
  name: 'first-files',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle }) {
      // Pages of benches have no screens.
      if (!bundle || filesOf(bundle, SCREENS.connect).length === 0) return html;
      const [explorer, connect] = [SCREENS.explorer, SCREENS.connect].map((sources) =>
        filesOf(bundle, sources).filter((file) => !html.includes(`"./${file}"`)),
      );
      const links = connect?.map((file) => `    <link rel="modulepreload" crossorigin href="./${file}" data-first>\n`);
      return html.replace(
        /[ \t]*<link rel="stylesheet"/,
        (styles) =>
          `    <link rel="preload" as="fetch" crossorigin href="./local.json">\n    <meta name="queuescope-explorer" content="${explorer?.join(' ')}">\n${links?.join('')}${styles}`,
      );
    },
  },
});

/**
 * The files of the chunks that have such sources, with all that they import.
 * @param {Bundle} bundle @param {RegExp} sources
 */
const filesOf = (bundle, sources) => [
  ...closure(bundle, (_, { moduleIds = [] }) => moduleIds.some((id) => sources.test(id))),
];
