import fc from 'fast-check';
import { command, done, same } from './command.fixture';

const retention = fc.oneof(
  fc.constant({ enabled: false }),
  fc.integer({ min: 1, max: 365 }).map((days) => ({ enabled: true, days })),
);
const metrics = fc.oneof(
  retention.map((kept) => ({ version: '1.0', enabled: false, retention: kept })),
  fc.record({ version: fc.constant('1.0'), enabled: fc.constant(true), includeApis: fc.boolean(), retention }),
);
const flags = { read: fc.boolean(), write: fc.boolean(), delete: fc.boolean() };
const logging = fc.record({ version: fc.constant('1.0'), ...flags, retention });

export const setProperties = command(
  'set properties',
  // CORS stays as it is: it lets this page in.
  fc.record(
    { logging, hourMetrics: metrics, minuteMetrics: metrics },
    { noNullPrototype: true, requiredKeys: ['logging'] },
  ),
  (properties, scene) => done(scene, ({ account }) => account.setServiceProperties(properties)),
);

export const getServiceProperties = command('get properties', fc.constant({}), (_, scene) =>
  same(scene, ({ account }) => account.getServiceProperties()),
);

export const getStats = command('get stats', fc.constant({}), (_, scene) =>
  same(
    scene,
    ({ account }) => account.getServiceStats(),
    ({ status, lastSyncTime }) => ({ status, hasTime: lastSyncTime !== undefined }),
  ),
);
