const SCRIPT = 'src/signed-in.ts';
const PAGE = 'signed-in.html';

/** @param {string} script its address, relative to the page @param {string} [policy] */
const html = (script, policy) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">${policy === undefined ? '' : `\n    <meta http-equiv="Content-Security-Policy" content="${policy}">`}
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Signed in</title>
    <script type="module" src="${script}"></script>
  </head>
  <body>
    <p>Signed in. This window closes by itself.</p>
  </body>
</html>
`;

/**
 * Builds the page that Microsoft Entra ID sends people back to: a static file beside the app, under whatever sub-path
 * it is hosted. Not a second entry of Vite's own, as that would want its HTML at the root of the repository.
 * @param {string} policy its content policy, for hosts that send none
 * @returns {import('vite').Plugin}
 */
export function signedInPage(policy) {
  let script = '';
  let isBuild = false;
  return {
    name: 'signed-in-page',
    configResolved(config) {
      isBuild = config.command === 'build' && !config.isWorker;
    },
    buildStart() {
      if (isBuild) script = this.emitFile({ type: 'chunk', id: SCRIPT, name: 'signed-in' });
    },
    generateBundle() {
      if (!script) return;
      this.emitFile({ type: 'asset', fileName: PAGE, source: html(`./${this.getFileName(script)}`, policy) });
    },
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        if (request.url?.split('?')[0] !== `/${PAGE}`) next();
        else response.writeHead(200, { 'content-type': 'text/html' }).end(html(`/${SCRIPT}`));
      });
    },
  };
}
