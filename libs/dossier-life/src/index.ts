export * from './facts';
export * from './view';
