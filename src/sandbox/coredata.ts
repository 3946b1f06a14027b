export { coredataSandbox } from './coredata/app.ts';
