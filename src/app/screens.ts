import { lazy } from 'react';
import type { ExplorerPlace } from '@/state/place';
import { landed } from './landed';

const wire = () => import('@/features/wire/wire-screen');
const queues = () => import('@/features/queues/queue-sidebar');
const overview = () => import('@/features/queues/queue-overview');
const settings = () => import('@/features/settings/settings-screen');

export const ConnectScreen = landed<{ wanted?: string | undefined }>('connections/connect-screen', 'ConnectScreen');
export const MessagesScreen = landed<{ place: ExplorerPlace }>('messages/messages-screen', 'MessagesScreen');
export const QueueSidebar = lazy(() => queues().then((module) => ({ default: module.QueueSidebar })));
export const QueueOverview = lazy(() => overview().then((module) => ({ default: module.QueueOverview })));
export const WireScreen = lazy(() => wire().then((module) => ({ default: module.WireScreen })));
export const SettingsScreen = lazy(() => settings().then((module) => ({ default: module.SettingsScreen })));

/** Fetches the code of a screen before it is asked for, on hover. */
export const preload = {
  connect: () => {},
  wire: () => void wire(),
  settings: () => void settings(),
};
