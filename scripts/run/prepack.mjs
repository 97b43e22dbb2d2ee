import { whenBuilt } from './build.mjs';

// Before `npm pack`: the package holds the built page.
await whenBuilt(() => {});
