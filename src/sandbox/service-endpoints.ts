import { XML_START } from './answer';
import type { Endpoint } from './endpoint';
import { invalidParameter } from './parameters';
import { propertiesXml, readProperties } from './properties-xml';
import { readBody } from './request-xml';
import { rfc1123 } from './rfc1123';
import { StorageFault } from './storage-fault';

export const getProperties: Endpoint = ({ store }) => ({
  status: 200,
  body: XML_START + propertiesXml(store.properties),
});

export const setProperties: Endpoint = ({ incoming, store, report }) => {
  const changed = readProperties(readBody(incoming, 'StorageServiceProperties'), incoming.body ?? '');
  store.properties = { ...store.properties, ...changed };
  report({ what: 'properties' });
  return { status: 202 };
};

/** The second place is this one, so it is never behind. */
export const getStats: Endpoint = ({ incoming, now }) => {
  if (!incoming.secondary) throw invalidParameter('comp', 'stats');
  return {
    status: 200,
    body: `${XML_START}<StorageServiceStats><GeoReplication><Status>live</Status><LastSyncTime>${rfc1123(now)}</LastSyncTime></GeoReplication></StorageServiceStats>`,
  };
};

/** For bearers of a token alone, and no token holds here. */
export const getUserDelegationKey: Endpoint = () => {
  throw new StorageFault('AuthenticationFailed', {
    AuthenticationErrorDetail: 'Only authentication scheme Bearer is supported.',
  });
};
