// Loaded into our children with --import: when the parent is killed outright nobody else tells them to stop.
const parent = process.ppid;

setInterval(() => {
	if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
}, 1000).unref();
