import { broadcastResponseToMainFrame } from '@azure/msal-browser/redirect-bridge';

// Where Microsoft sends people back to. It hands the answer to the page that asked, and closes its window or goes back.
broadcastResponseToMainFrame().catch(() => {
  const words = document.querySelector('p');
  if (words) words.textContent = 'There is nothing to do here. Close this window and sign in from Queuescope again.';
});
