import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { followLocale } from './app/locale';
import { tellMissingParts } from './app/missing-parts';
import { preload } from './app/screens';
import { startOffline } from './app/start-offline';
import { followTheme } from './app/theme';
import { hasLocalServer, isUnderForeignWorker, removeWorkers } from './parts/offline';
import { startTabNews } from './state/messages/other-tabs';
import { startEndingByTime } from './state/messages/records';
import { guardAddress } from './state/navigation/hash-location';
import { followOtherTabs } from './state/settings/preferences';
import { startConnections } from './state/start/start-connections';
import { startLeasePersistence } from './state/start/start-lease-persistence';
import './styles.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
// Static hosts cannot send frame-ancestors: another page could lie over this one and lead a person's clicks.
if (window.top !== window.self)
  root.textContent = 'Queuescope does not open inside another page. Open it in a tab of its own.';
else if (isUnderForeignWorker())
  root.textContent =
    'Another program was at this address before, and left a service worker that can read and change what this page does. It is removed now: load this page again.';
// Else `public/can-run.js` has said what this browser is missing.
else if (guardAddress() && root.dataset['tooOld'] === undefined) start(root);
if (hasLocalServer()) void removeWorkers();

function start(container: HTMLElement) {
  // The browser keeps the addresses of requests, and that of a SAS request has its signature.
  performance.setResourceTimingBufferSize(0);
  performance.clearResourceTimings();
  followOtherTabs();
  followTheme();
  tellMissingParts();
  followLocale();
  startTabNews();
  startEndingByTime();
  // A screen whose code is still on its way shows its fallback, which React then keeps for 300 ms: have it first.
  const started = startConnections(preload.explorer()).then(startLeasePersistence);
  void startOffline(started);
  createRoot(container).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
