const EXPLORER = /[ \t]*<meta name="queuescope-explorer" content="([^"]*)">\n/;
const FIRST = /[ \t]*<link rel="modulepreload"[^>]* data-first>\n/g;

/**
 * The page of the build, which asks for the files of Connect with its own, as one that asks for those of the explorer
 * (`scripts/run/plugins/first-files.mjs`): where there is a local queue service, the page is connected from the start.
 */
export function withExplorerFirst(html: string): string {
  const files = EXPLORER.exec(html)?.[1]?.split(' ') ?? [];
  const links = files.map(
    (file) => `    <link rel="modulepreload" crossorigin href="./${file}" data-first="explorer">\n`,
  );
  return html.replace(FIRST, '').replace(EXPLORER, links.join(''));
}
