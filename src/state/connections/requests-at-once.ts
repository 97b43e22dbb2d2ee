import { LANE_REQUESTS } from '@/azure/relay/lane-frames';
import { CONNECTIONS } from '@/bulk/planning/walk-time';
import { currentConnections } from './connections';

/** Requests of a connection that are under way at a time at most: as many as the local server passes on, or as a browser opens. */
export const requestsAtOnce = (connectionId: string): number =>
  currentConnections().find(({ id }) => id === connectionId)?.relay ? LANE_REQUESTS : CONNECTIONS;
