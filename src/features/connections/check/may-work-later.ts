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
  'unknown',
]);
