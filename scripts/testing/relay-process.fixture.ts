import { serve } from '../../server/page/serve';
import { createRelay } from '../../server/relay/relay';

/** A program: serves at the port that it is told, and tells its own. It ends with the process that started it. */
const { port } = await serve({ port: Number(process.argv[2]), relay: createRelay() });
process.send?.(port);
process.on('disconnect', () => process.exit());
