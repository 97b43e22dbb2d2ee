import { lazy } from 'react';

const connect = () => import('@/features/connections/connect-screen');
const messages = () => import('@/features/messages/messages-screen');
const queues = () => import('@/features/queues/queue-sidebar');
const overview = () => import('@/features/queues/queue-overview');
const wire = () => import('@/features/wire/wire-screen');
const settings = () => import('@/features/settings/settings-screen');

export const ConnectScreen = lazy(() => connect().then((module) => ({ default: module.ConnectScreen })));
export const MessagesScreen = lazy(() => messages().then((module) => ({ default: module.MessagesScreen })));
export const QueueSidebar = lazy(() => queues().then((module) => ({ default: module.QueueSidebar })));
export const QueueOverview = lazy(() => overview().then((module) => ({ default: module.QueueOverview })));
export const WireScreen = lazy(() => wire().then((module) => ({ default: module.WireScreen })));
export const SettingsScreen = lazy(() => settings().then((module) => ({ default: module.SettingsScreen })));

/** Fetches the code of a screen before it is asked for. */
export const preload = {
  connect: () => void connect(),
  messages: () => void messages(),
  wire: () => void wire(),
  settings: () => void settings(),
};
