import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build } from 'vite';
import { ROOT } from '../../server/command.mjs';

/** Where the bundle is written, under the root, from where the development server serves. */
const FOLDER = 'node_modules/.cache/queuescope/component-tests';

const TEST = /\.(?:browser|contract)\.test\.tsx?$/;

/** What works by the modules of the source: replaced ones, and addresses beside that of the file. */
const BY_MODULE = /\bvi\.(?:mock|doMock|hoisted)\b|import\.meta\.url/;

/** The runner's packages: a page has one copy of them, which is the server's. */
const RUNNER = /^(?:vitest|@vitest\/[\w-]+)(?:\/.*)?$/;

/**
 * Serves the tests in a browser from a bundle that is made once in a run. Each file of tests is a page of its own, and asks for up
 * to 500 modules of the source, each of them anew. Files that work by the modules of the source are served from it.
 * @param {import('vite').InlineConfig} config by which the bundle is built
 * @returns {import('vite').Plugin}
 */
export function bundledTests(config) {
  /** The address of what each file became. @type {Promise<Map<string, string>> | undefined} */
  let bundled;
  return {
    name: 'bundled-tests',
    enforce: 'pre',
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const [path = ''] = (request.url ?? '').split('?');
        if (!path.startsWith(`/${FOLDER}/`) || path.startsWith(`/${FOLDER}/runner/`)) return next();
        // As it was built: the server would read megabytes anew, and add to the imports of workers what they do not have.
        response.setHeader('content-type', 'text/javascript;charset=utf-8');
        // Its name changes with what is in it.
        response.setHeader('cache-control', 'max-age=31536000, immutable');
        response.end(readFileSync(join(ROOT, path)));
      });
    },
    load: {
      filter: { id: TEST },
      async handler(id) {
        bundled ??= bundle(config);
        const address = (await bundled).get(id);
        return address === undefined ? null : { code: `import ${JSON.stringify(address)};`, map: null };
      },
    },
  };
}

/** @param {import('vite').InlineConfig} config */
async function bundle(config) {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => TEST.test(file))
    .map((file) => join(ROOT, 'src', file))
    .filter((file) => !BY_MODULE.test(readFileSync(file, 'utf8')));
  const built = await build({
    ...config,
    configFile: false,
    root: ROOT,
    base: './',
    // Without the warning that a part is also imported by its test.
    logLevel: 'error',
    plugins: [leftToServer(), config.plugins],
    worker: { format: 'es', rolldownOptions: { output: named('workers') } },
    build: {
      outDir: FOLDER,
      emptyOutDir: true,
      copyPublicDir: false,
      target: 'esnext',
      minify: false,
      modulePreload: false,
      // A failure is told by the line of the source.
      sourcemap: true,
      reportCompressedSize: false,
      rolldownOptions: {
        input: files,
        output: {
          ...named('parts'),
          // Parts are made by folders, which import one another in circles.
          strictExecutionOrder: true,
          codeSplitting: { groups: [{ name: partOf, debugName: 'parts' }] },
        },
      },
    },
  });
  const chunks = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
  return new Map(
    chunks.flatMap((chunk) =>
      chunk.type === 'chunk' && chunk.isEntry && chunk.facadeModuleId
        ? [[chunk.facadeModuleId, `/${FOLDER}/${chunk.fileName}`]]
        : [],
    ),
  );
}

/** @param {string} folder */
const named = (folder) => ({
  entryFileNames: `${folder}/[name]-[hash].js`,
  chunkFileNames: `${folder}/[name]-[hash].js`,
});

/**
 * Leaves to the server the runner, by a file for each of its modules, and styles, which a build takes out of its scripts.
 * @returns {import('vite').Plugin}
 */
function leftToServer() {
  /** Modules of the runner by the file that stands for each. @type {Map<string, string>} */
  const runner = new Map();
  return {
    name: 'left-to-server',
    enforce: 'pre',
    resolveId: {
      filter: { id: [RUNNER, /\.css$/] },
      async handler(source, importer) {
        if (RUNNER.test(source)) {
          const file = `${FOLDER}/runner/${source.replaceAll('/', '-')}.js`;
          runner.set(file, source);
          return { id: `/${file}`, external: 'absolute' };
        }
        const resolved = await this.resolve(source, importer);
        return resolved && { id: `/${relative(ROOT, resolved.id).replaceAll(sep, '/')}`, external: 'absolute' };
      },
    },
    writeBundle() {
      mkdirSync(join(ROOT, FOLDER, 'runner'), { recursive: true });
      for (const [file, name] of runner) writeFileSync(join(ROOT, file), `export * from '${name}';\n`);
    },
  };
}

/**
 * A part for each package and for each folder of the source: a page asks for few files, and for little that it does not need.
 * @param {string} id
 */
function partOf(id) {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id) ?? [];
  if (name) return name.replace('/', '-');
  const [, folder] = /\/src\/((?:[^/]+\/){0,2})/.exec(id) ?? [];
  return folder === undefined || TEST.test(id) ? null : `src-${folder.replaceAll('/', '-')}`;
}
