import type fc from 'fast-check';
import type { HistoryCommand } from './command.fixture';
import {
  clearMessages,
  deleteAgain,
  deleteMessage,
  peekMessages,
  putMany,
  putMessage,
  receiveMessages,
  updateMessage,
} from './message-commands.fixture';
import { mistake } from './mistake-command.fixture';
import {
  createQueue,
  deleteQueue,
  getPolicies,
  getProperties,
  listQueues,
  setMetadata,
  setPolicies,
} from './queue-commands.fixture';
import { nextLeaseEnd, restart } from './sandbox-commands.fixture';
import { getServiceProperties, getStats, setProperties } from './service-commands.fixture';
import { signed } from './signed-command.fixture';
import { advance, advanceTo } from './time-commands.fixture';
import { race, receiveTogether } from './together-commands.fixture';

/** Commands in the proportions in which they are drawn. */
export const allCommands = (
  [
    [putMessage, 8],
    [putMany, 1],
    [receiveMessages, 6],
    [updateMessage, 6],
    [deleteMessage, 5],
    [peekMessages, 3],
    [mistake, 2],
    [advanceTo, 4],
    [advance, 3],
    [deleteAgain, 2],
    [clearMessages, 1],
    [createQueue, 3],
    [deleteQueue, 1],
    [listQueues, 1],
    [getProperties, 2],
    [setMetadata, 1],
    [setPolicies, 1],
    [getPolicies, 1],
    [setProperties, 1],
    [getServiceProperties, 1],
    [getStats, 1],
    [receiveTogether, 1],
    [race, 1],
    [signed, 3],
    [restart, 1],
    [nextLeaseEnd, 3],
  ] satisfies [fc.Arbitrary<HistoryCommand>, times: number][]
).flatMap(([drawn, times]) => Array.from({ length: times }, () => drawn));
