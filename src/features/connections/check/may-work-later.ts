import type { VerdictKind } from '@/azure/diagnosis/verdict-text';

/** Verdicts that may pass by themselves, or that do not keep everything from working; a wrong key stays wrong. */
export const MAY_WORK_LATER = new Set<VerdictKind>([
  'offline',
  'localNetworkDenied',
  'unreachable',
  'refused',
  'timedOut',
  'noName',
  'noRoute',
  'privateAddress',
  'certificate',
  'browserAlone',
  'proxy',
  'busy',
  'accountDisabled',
  'accountBeingCreated',
  'corsNoRule',
  'corsMethodOrHeaders',
  'versionRefused',
  'relayGone',
  'relayRefused',
  'clockSkew',
  'keyDisabled',
  'networkRules',
  'permission',
  'mayNotList',
  'queueRefused',
  'queueMissing',
  'unknown',
]);

/** Verdicts on a credential that is valid, and may not list the queues or read the one that was tried. */
export const IS_VALID = new Set<VerdictKind>(['mayNotList', 'queueRefused', 'queueMissing']);

/** Verdicts on a list of queues with which single queues may work all the same, once they are named. */
export const MAY_BE_NAMED = new Set<VerdictKind>([...IS_VALID, 'networkRules', 'unknown']);
