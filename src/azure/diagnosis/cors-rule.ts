import type { CorsRule } from '../protocol/model';

/** The CORS rule that allows the page at `origin` all requests of this app, and no other page. */
export const ruleFor = (origin: string): CorsRule => ({
  allowedOrigins: [origin],
  allowedMethods: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS'],
  allowedHeaders: ['*'],
  exposedHeaders: ['*'],
  // Chromium caches no preflight longer.
  maxAge: 7200,
});
