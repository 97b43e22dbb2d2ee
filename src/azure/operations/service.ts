import type { Account, ServiceStats } from '../protocol/model';
import { readAnswer } from '../wire/error-response';
import { repeatableCall } from '../wire/signed-request';
import type { Send } from '../wire/transport';
import { childOf, textOf } from '../wire/xml';
import { readServiceProperties, writeServiceProperties } from './service-properties-xml';

const STATUSES: readonly ServiceStats['status'][] = ['live', 'bootstrap', 'unavailable'];

type ServiceOperations = Pick<Account, 'getServiceProperties' | 'setServiceProperties' | 'getServiceStats'>;

/** Get and Set Queue Service Properties, Get Queue Service Stats. */
export const serviceOperations = (send: Send): ServiceOperations => ({
  async getServiceProperties({ signal } = {}) {
    const answer = await send({
      ...repeatableCall('Get Queue Service Properties', 'GET', '/', { restype: 'service', comp: 'properties' }),
      signal,
    });
    return readServiceProperties(readAnswer(answer, 'StorageServiceProperties'));
  },

  async setServiceProperties(properties, { signal } = {}) {
    // Azurite answers an empty document with 500.
    if (Object.keys(properties).length === 0) return;
    await send({
      ...repeatableCall('Set Queue Service Properties', 'PUT', '/', { restype: 'service', comp: 'properties' }),
      body: writeServiceProperties(properties),
      signal,
    });
  },

  async getServiceStats({ signal } = {}) {
    const answer = await send({
      ...repeatableCall('Get Queue Service Stats', 'GET', '/', { restype: 'service', comp: 'stats' }),
      secondary: true,
      signal,
    });
    const geoReplication = childOf(readAnswer(answer, 'StorageServiceStats'), 'GeoReplication');
    const lastSyncTime = new Date(textOf(geoReplication, 'LastSyncTime') ?? '');
    const status = textOf(geoReplication, 'Status');
    return {
      status: STATUSES.find((one) => one === status) ?? 'unavailable',
      // Empty unless the replication is live.
      lastSyncTime: Number.isNaN(lastSyncTime.getTime()) ? undefined : lastSyncTime,
    };
  },
});
