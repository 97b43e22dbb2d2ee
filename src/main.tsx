import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { followLocale } from './app/locale';
import { tellMissingParts } from './app/missing-parts';
import { askFirst } from './app/query-client';
import { preload } from './app/screens';
import { startOffline } from './app/start-offline';
import { followTheme } from './app/theme';
import { holdForFirstScreen, whenFirstScreenIsThere } from './parts/first-screen';
import { hasLocalServer, isUnderForeignWorker, removeWorkers } from './parts/offline';
import { currentConnections } from './state/connections/connections';
import { startTabNews } from './state/messages/other-tabs';
import { startEndingByTime } from './state/messages/records';
import { guardAddress } from './state/navigation/hash-location';
import { followOtherTabs } from './state/settings/preferences';
import { startConnections } from './state/start/start-connections';
import { startLeasePersistence } from './state/start/start-lease-persistence';
import './styles.css';

/** Ms until what the first screen does not need is loaded all the same: a service may not answer. */
const LONGEST_WAIT_MS = 4000;
/** Ms until the page is drawn without its connections. */
const LONGEST_READ_MS = 1000;

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
  if (preload.expected()) holdForFirstScreen(LONGEST_WAIT_MS);
  // What the service is asked is on its way before the page is drawn, which keeps the processor busy; a storage may not answer.
  const asked = new Promise<void>((resolve) => {
    setTimeout(resolve, LONGEST_READ_MS);
    const known = () => {
      askFirst();
      resolve();
      return preload.first(currentConnections().length > 0);
    };
    const started = startConnections(known).then(whenFirstScreenIsThere).then(startLeasePersistence);
    void startOffline(started);
  });
  void asked.then(() =>
    createRoot(container).render(
      <StrictMode>
        <App />
      </StrictMode>,
    ),
  );
}
