import { XML_START } from './answer';
import { type Endpoint, invalidParameter } from './endpoint';
import { propertiesXml, readProperties } from './properties-xml';
import { readBody } from './request-xml';
import { rfc1123 } from './rfc1123';
import { authenticationFailed } from './storage-fault';

export const getProperties: Endpoint = ({ store }) => ({
  status: 200,
  body: XML_START + propertiesXml(store.properties),
});

export const setProperties: Endpoint = ({ incoming, store, report }) => {
  const changed = readProperties(readBody(incoming, 'StorageServiceProperties'));
  store.properties = { ...store.properties, ...changed };
  report({ what: 'properties' });
  return { status: 202 };
};

/** The secondary is the same store, so it is always in sync. */
export const getStats: Endpoint = ({ incoming, now }) => {
  if (!incoming.secondary) throw invalidParameter('comp', 'stats');
  return {
    status: 200,
    body: `${XML_START}<StorageServiceStats><GeoReplication><Status>live</Status><LastSyncTime>${rfc1123(now)}</LastSyncTime></GeoReplication></StorageServiceStats>`,
  };
};

/** Always refused: it needs a token, and the sandbox accepts none. */
export const getUserDelegationKey: Endpoint = () => {
  throw authenticationFailed('Only authentication scheme Bearer is supported.');
};
