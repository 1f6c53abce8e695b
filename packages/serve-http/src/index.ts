export { checkExposure } from './check-exposure.ts';
export { type ListeningHttp, listenHttp } from './listen-http.ts';
export type { HttpHandler, ListenOptions, Route } from './listen-options.ts';
