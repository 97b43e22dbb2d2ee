import { whenBuilt } from './build.mjs';
import { runBundled } from './bundle.mjs';

await whenBuilt(() => runBundled('start'));
