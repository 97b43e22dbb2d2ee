import { whenBuilt } from './build.mjs';
import { runBundled } from './bundle.mjs';

// The command of the package, from a clone of the repository: `node scripts/run/queuescope.mjs cors list`.
await whenBuilt(() => runBundled('queuescope'));
