/* Lets what one folder is asked for fail: writes after so many bytes, or the n-th write, flush or name (creating,
   renaming, cutting a file) and all after it. Loaded with LD_PRELOAD, armed by the test through fault_arm().
   Everything before it is armed, and everything elsewhere, goes through untouched. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { BYTES, WRITES, FLUSHES, NAMES, KINDS };

static char folder[PATH_MAX];
static long long seen[KINDS], limit = -1;
static int armed = -1, reason = EIO;

void fault_arm(const char *where, int kind, long long at, int error) {
    snprintf(folder, sizeof folder, "%s", where);
    memset(seen, 0, sizeof seen);
    armed = kind; limit = at; reason = error;
}
long long fault_seen(int kind) { return seen[kind]; }

static int inside(const char *path) {
    return folder[0] && strncmp(path, folder, strlen(folder)) == 0;
}
static int watched(int handle) {
    char link[64], path[PATH_MAX];
    if (!folder[0]) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return inside(path);
}
static int counted(int kind, long long amount) {
    seen[kind] += amount;
    if (armed != kind || limit < 0 || seen[kind] <= limit) return 0;
    errno = reason;
    return 1;
}
static int refused(int handle, size_t count) {
    if (!watched(handle)) return 0;
    int by_bytes = counted(BYTES, (long long)count);
    int by_call = counted(WRITES, 1);
    return by_bytes || by_call;
}
static int unnamed(const char *path) {
    char whole[PATH_MAX];
    if (!folder[0]) return 0;
    if (path[0] != '/') {
        if (!getcwd(whole, sizeof whole)) return 0;
        if (!inside(whole)) return 0;
    } else if (!inside(path)) return 0;
    return counted(NAMES, 1);
}

#define REAL(name) if (!real) real = dlsym(RTLD_NEXT, name)

ssize_t write(int handle, const void *data, size_t count) {
    static ssize_t (*real)(int, const void *, size_t);
    REAL("write");
    return refused(handle, count) ? -1 : real(handle, data, count);
}
ssize_t pwrite64(int handle, const void *data, size_t count, off64_t at) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    REAL("pwrite64");
    return refused(handle, count) ? -1 : real(handle, data, count, at);
}
ssize_t pwrite(int handle, const void *data, size_t count, off_t at) {
    static ssize_t (*real)(int, const void *, size_t, off_t);
    REAL("pwrite");
    return refused(handle, count) ? -1 : real(handle, data, count, at);
}
ssize_t writev(int handle, const struct iovec *parts, int count) {
    static ssize_t (*real)(int, const struct iovec *, int);
    REAL("writev");
    size_t total = 0;
    for (int part = 0; part < count; part++) total += parts[part].iov_len;
    return refused(handle, total) ? -1 : real(handle, parts, count);
}
ssize_t sendfile(int to, int from, off_t *at, size_t count) {
    static ssize_t (*real)(int, int, off_t *, size_t);
    REAL("sendfile");
    return refused(to, count) ? -1 : real(to, from, at, count);
}
ssize_t sendfile64(int to, int from, off64_t *at, size_t count) {
    static ssize_t (*real)(int, int, off64_t *, size_t);
    REAL("sendfile64");
    return refused(to, count) ? -1 : real(to, from, at, count);
}
ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *where, size_t count, unsigned flags) {
    static ssize_t (*real)(int, off64_t *, int, off64_t *, size_t, unsigned);
    REAL("copy_file_range");
    return refused(to, count) ? -1 : real(from, at, to, where, count, flags);
}

static int flush(int handle, const char *name, int (*real)(int)) {
    if (watched(handle) && counted(FLUSHES, 1)) return -1;
    if (!real) real = dlsym(RTLD_NEXT, name);
    return real(handle);
}
int fsync(int handle) { return flush(handle, "fsync", NULL); }
int fdatasync(int handle) { return flush(handle, "fdatasync", NULL); }

static int opened(const char *name, const char *path, int flags, va_list more) {
    static int (*real_open)(const char *, int, ...), (*real_open64)(const char *, int, ...);
    if (!real_open) { real_open = dlsym(RTLD_NEXT, "open"); real_open64 = dlsym(RTLD_NEXT, "open64"); }
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0;
    if (flags & O_CREAT && access(path, F_OK) != 0 && unnamed(path)) return -1;
    return (strcmp(name, "open") ? real_open64 : real_open)(path, flags, mode);
}
int open(const char *path, int flags, ...) {
    va_list more; va_start(more, flags);
    int handle = opened("open", path, flags, more);
    va_end(more);
    return handle;
}
int open64(const char *path, int flags, ...) {
    va_list more; va_start(more, flags);
    int handle = opened("open64", path, flags, more);
    va_end(more);
    return handle;
}
int rename(const char *from, const char *to) {
    static int (*real)(const char *, const char *);
    REAL("rename");
    return unnamed(to) ? -1 : real(from, to);
}
int mkdir(const char *path, mode_t mode) {
    static int (*real)(const char *, mode_t);
    REAL("mkdir");
    return access(path, F_OK) != 0 && unnamed(path) ? -1 : real(path, mode);
}
static int cut(int handle, off64_t size, const char *name, int (*real)(int, off64_t)) {
    if (watched(handle) && counted(NAMES, 1)) return -1;
    if (!real) real = dlsym(RTLD_NEXT, name);
    return real(handle, size);
}
int ftruncate(int handle, off_t size) { return cut(handle, size, "ftruncate", NULL); }
int ftruncate64(int handle, off64_t size) { return cut(handle, size, "ftruncate64", NULL); }
