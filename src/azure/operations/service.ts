import type { Account, ServiceProperties, ServiceStats } from '../protocol/model';
import { readAnswer } from '../wire/error-response';
import { type Call, repeatableCall } from '../wire/signed-request';
import type { Send } from '../wire/transport';
import { childOf, textOf } from '../wire/xml';
import { readServiceProperties, writeServiceProperties } from './service-properties-xml';

const STATUSES: readonly ServiceStats['status'][] = ['live', 'bootstrap', 'unavailable'];

type ServiceOperations = Pick<Account, 'getServiceProperties' | 'setServiceProperties' | 'getServiceStats'>;

/** These calls are as they are sent and shown, and check nothing. */
export const getServicePropertiesCall = (): Call =>
  repeatableCall('Get Queue Service Properties', 'GET', '/', { restype: 'service', comp: 'properties' });

export const setServicePropertiesCall = (properties: ServiceProperties): Call => ({
  ...repeatableCall('Set Queue Service Properties', 'PUT', '/', { restype: 'service', comp: 'properties' }),
  body: writeServiceProperties(properties),
});

export const getServiceStatsCall = (): Call => ({
  ...repeatableCall('Get Queue Service Stats', 'GET', '/', { restype: 'service', comp: 'stats' }),
  secondary: true,
});

/** Get and Set Queue Service Properties, Get Queue Service Stats. */
export const serviceOperations = (send: Send): ServiceOperations => ({
  async getServiceProperties({ signal } = {}) {
    const answer = await send({ ...getServicePropertiesCall(), signal });
    return readServiceProperties(readAnswer(answer, 'StorageServiceProperties'));
  },

  async setServiceProperties(properties, { signal } = {}) {
    // Azurite answers an empty document with 500.
    if (Object.keys(properties).length === 0) return;
    await send({ ...setServicePropertiesCall(properties), signal });
  },

  async getServiceStats({ signal } = {}) {
    const answer = await send({ ...getServiceStatsCall(), signal });
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
