/** What Vite's own import of a worker's address ends in. */
const SUFFIX = '?worker&url';
const VIRTUAL = '\0worker-address:';

/**
 * Builds a worker that is imported with `?worker&url` as one more entry of the page, so that it imports the chunks that the page
 * has too: Vite by itself bundles each worker alone, with a copy of all that it needs. The development server serves workers
 * from their sources, as Vite has it.
 * @param {RegExp} shared sources of the workers that are built so
 * @returns {import('vite').Plugin}
 */
export function sharedWorkers(shared) {
  return {
    name: 'shared-workers',
    apply: 'build',
    enforce: 'pre',
    resolveId: {
      filter: { id: /\?worker&url$/ },
      async handler(source, importer) {
        if (!shared.test(source)) return null;
        const resolved = await this.resolve(source.slice(0, -SUFFIX.length), importer);
        return resolved && VIRTUAL + resolved.id;
      },
    },
    load(id) {
      if (!id.startsWith(VIRTUAL)) return null;
      const file = this.emitFile({ type: 'chunk', id: id.slice(VIRTUAL.length) });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
  };
}
