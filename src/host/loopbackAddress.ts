/** One port for ever: vendors want the address registered. Nothing known uses it. */
export const loopbackPort = 43117;
export const loopbackPath = '/signed-in';
export const loopbackRedirect = `http://127.0.0.1:${loopbackPort}${loopbackPath}`;
