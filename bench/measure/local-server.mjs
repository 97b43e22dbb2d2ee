// The local server with its relay, which serves a folder of bench pages, in a process of its own as people run it:
// forked with the folder, it tells its address, and ends with the process that started it.
import { createRelay, installationInMemory, serve } from '../../scripts/testing/server.mjs';

const { url } = await serve({
  folder: String(process.argv[2]),
  relay: createRelay(),
  installation: installationInMemory(['http://127.0.0.1:*']),
});
process.send?.({ url });
process.on('disconnect', () => process.exit());
