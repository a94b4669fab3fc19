/* Lets writes below one folder fail after so many bytes, or the n-th flush fail; loaded with LD_PRELOAD, armed by the
   test through fault_arm(). Everything before it is armed, and everything elsewhere, goes through untouched. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[PATH_MAX];
static long long bytes_left = -1, bytes_seen = 0;
static long flushes_left = -1, flushes_seen = 0;
static int reason = EIO;

void fault_arm(const char *where, long long bytes, long flushes, int error) {
    snprintf(folder, sizeof folder, "%s", where);
    bytes_left = bytes; flushes_left = flushes; reason = error;
    bytes_seen = 0; flushes_seen = 0;
}
long long fault_bytes(void) { return bytes_seen; }
long fault_flushes(void) { return flushes_seen; }

static int watched(int handle) {
    char link[64], path[PATH_MAX];
    if (!folder[0]) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return strncmp(path, folder, strlen(folder)) == 0;
}

static int refused(int handle, size_t count) {
    if (!watched(handle)) return 0;
    bytes_seen += (long long)count;
    if (bytes_left < 0 || bytes_seen <= bytes_left) return 0;
    errno = reason;
    return 1;
}

ssize_t write(int handle, const void *data, size_t count) {
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = dlsym(RTLD_NEXT, "write");
    return refused(handle, count) ? -1 : real(handle, data, count);
}
ssize_t pwrite64(int handle, const void *data, size_t count, off64_t at) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (!real) real = dlsym(RTLD_NEXT, "pwrite64");
    return refused(handle, count) ? -1 : real(handle, data, count, at);
}
ssize_t pwrite(int handle, const void *data, size_t count, off_t at) {
    static ssize_t (*real)(int, const void *, size_t, off_t);
    if (!real) real = dlsym(RTLD_NEXT, "pwrite");
    return refused(handle, count) ? -1 : real(handle, data, count, at);
}
static int flush(int handle, const char *name, int (*real)(int)) {
    if (watched(handle)) {
        flushes_seen++;
        if (flushes_left >= 0 && flushes_seen > flushes_left) { errno = reason; return -1; }
    }
    if (!real) real = dlsym(RTLD_NEXT, name);
    return real(handle);
}
int fsync(int handle) { return flush(handle, "fsync", NULL); }
int fdatasync(int handle) { return flush(handle, "fdatasync", NULL); }
