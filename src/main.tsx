import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { preload } from './app/screens';
import { followTheme } from './app/theme';
import { startConnections } from './state/local-service';
import './styles.css';

followTheme();
// A screen whose code is still on its way shows its fallback, which React then keeps for 300 ms: have it first.
void startConnections(preload.explorer());
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
