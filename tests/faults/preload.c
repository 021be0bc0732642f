/*
 * Makes the system refuse, or the process die, at one act on the disk.
 *
 * Preloaded into the unmodified program. Acts below $FAULT_ROOT are counted: making,
 * writing, cutting, syncing, renaming and removing files, whoever does it, Python or SQLite.
 *
 *   FAULT_KIND=kill    the process is dead before act number $FAULT_AT
 *   FAULT_KIND=half    … after it, and of what it writes only half is there
 *   FAULT_KIND=once    the act fails with $FAULT_ERRNO
 *   FAULT_KIND=stays   … and so do all that follow, but for those that free space
 *
 * $FAULT_LOG gets a line for each act; "!" stands before the one that was meddled with.
 * By $FAULT_CLOCK_S seconds the clock of the wall is ahead, or behind where that is negative.
 * A program that this one starts (git) is left alone.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum fate { GOES_ON, DIES_BEFORE, DIES_AFTER, FAILS };

static char root[PATH_MAX];
static size_t root_length;
static char kind[16];
static long at;
static int number;
static int journal = -1;
static atomic_long acts;
static atomic_int begun;
static time_t ahead_s;

__attribute__((constructor)) static void begin(void) {
    if (getenv("FAULT_CLOCK_S")) ahead_s = (time_t)atoll(getenv("FAULT_CLOCK_S"));
    const char *text = getenv("FAULT_ROOT");
    if (!text) return;
    snprintf(root, sizeof root, "%s", text);
    root_length = strlen(root);
    snprintf(kind, sizeof kind, "%s", getenv("FAULT_KIND") ? getenv("FAULT_KIND") : "");
    at = getenv("FAULT_AT") ? atol(getenv("FAULT_AT")) : 0;
    number = getenv("FAULT_ERRNO") ? atoi(getenv("FAULT_ERRNO")) : ENOSPC;
    const char *log = getenv("FAULT_LOG");
    if (log) journal = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    unsetenv("LD_PRELOAD");
    begun = 1;
}

static int is_ours(const char *path) {
    return begun && strncmp(path, root, root_length) == 0 && path[root_length] == '/' &&
           strncmp(path + root_length, "/.git/", 6) != 0;
}

static const char *whole(int folder, const char *path, char *place) {
    if (path[0] == '/') return path;
    char link[64], here[PATH_MAX];
    if (folder == AT_FDCWD) snprintf(link, sizeof link, "/proc/self/cwd");
    else snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t length = readlink(link, here, sizeof here - 1);
    if (length < 0) return path;
    here[length] = 0;
    snprintf(place, PATH_MAX, "%.*s/%s", (int)(PATH_MAX - 2 - strlen(path)), here, path);
    return place;
}

static enum fate meet(const char *act, const char *path, int frees) {
    if (!is_ours(path)) return GOES_ON;
    long mine = atomic_fetch_add(&acts, 1) + 1;
    enum fate fate = GOES_ON;
    if (at && !strcmp(kind, "kill") && mine == at) fate = DIES_BEFORE;
    if (at && !strcmp(kind, "half") && mine == at) fate = DIES_AFTER;
    if (at && !strcmp(kind, "once") && mine == at) fate = FAILS;
    if (at && !strcmp(kind, "stays") && mine >= at && !frees) fate = FAILS;
    if (journal >= 0) {
        char line[PATH_MAX + 64];
        int length = snprintf(line, sizeof line, "%s%s %s\n", fate == GOES_ON ? "" : "!", act, path + root_length + 1);
        syscall(SYS_write, journal, line, (size_t)length);
    }
    if (fate == DIES_BEFORE) kill(getpid(), SIGKILL);
    return fate;
}

static enum fate meet_open_file(const char *act, int file, int frees) {
    if (!begun) return GOES_ON;
    int before = errno;
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    errno = before;
    if (length < 0) return GOES_ON;
    path[length] = 0;
    return meet(act, path, frees);
}

static long end(enum fate fate, long result) {
    if (fate == DIES_AFTER) kill(getpid(), SIGKILL);
    return result;
}

static long refuse(void) {
    errno = number;
    return -1;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define OPEN(name, folder, before)                                                        \
    {                                                                                     \
        mode_t mode = 0;                                                                  \
        if (flags & (O_CREAT | O_TMPFILE)) {                                              \
            va_list rest;                                                                 \
            va_start(rest, flags);                                                        \
            mode = (mode_t)va_arg(rest, int);                                             \
            va_end(rest);                                                                 \
        }                                                                                 \
        char place[PATH_MAX];                                                             \
        enum fate fate = GOES_ON;                                                         \
        int makes = (flags & O_TRUNC) || ((flags & O_CREAT) && faccessat(folder, path, F_OK, 0)); \
        if (begun && makes) fate = meet("open", whole(folder, path, place), 0);           \
        if (fate == FAILS) return (int)refuse();                                          \
        return (int)end(fate, (int)syscall(SYS_openat, folder, path, flags | before, mode)); \
    }

int open(const char *path, int flags, ...) OPEN(open, AT_FDCWD, 0)
int open64(const char *path, int flags, ...) OPEN(open64, AT_FDCWD, O_LARGEFILE)
int openat(int folder, const char *path, int flags, ...) OPEN(openat, folder, 0)
int openat64(int folder, const char *path, int flags, ...) OPEN(openat64, folder, O_LARGEFILE)

ssize_t write(int file, const void *bytes, size_t size) {
    enum fate fate = meet_open_file("write", file, 0);
    if (fate == FAILS) return refuse();
    if (fate == DIES_AFTER) size /= 2;
    return end(fate, NEXT(write)(file, bytes, size));
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t place) {
    enum fate fate = meet_open_file("pwrite", file, 0);
    if (fate == FAILS) return refuse();
    if (fate == DIES_AFTER) size /= 2;
    return end(fate, NEXT(pwrite)(file, bytes, size, place));
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t place) {
    enum fate fate = meet_open_file("pwrite", file, 0);
    if (fate == FAILS) return refuse();
    if (fate == DIES_AFTER) size /= 2;
    return end(fate, NEXT(pwrite64)(file, bytes, size, place));
}

#define ON_FILE(name, kind_of, type, frees, parameters, ...)       \
    type name parameters {                                         \
        enum fate fate = meet_open_file(kind_of, file, frees);     \
        if (fate == FAILS) return (type)refuse();                  \
        return (type)end(fate, NEXT(name)(__VA_ARGS__));           \
    }

ON_FILE(fsync, "fsync", int, 0, (int file), file)
ON_FILE(fdatasync, "fsync", int, 0, (int file), file)
ON_FILE(ftruncate, "truncate", int, 1, (int file, off_t size), file, size)
ON_FILE(ftruncate64, "truncate", int, 1, (int file, off64_t size), file, size)
ON_FILE(fchmod, "chmod", int, 0, (int file, mode_t mode), file, mode)

#define ON_PATH(name, kind_of, folder, frees, parameters, ...)                              \
    int name parameters {                                                                   \
        char place[PATH_MAX];                                                               \
        enum fate fate = begun ? meet(kind_of, whole(folder, path, place), frees) : GOES_ON; \
        if (fate == FAILS) return (int)refuse();                                            \
        return (int)end(fate, NEXT(name)(__VA_ARGS__));                                     \
    }

ON_PATH(rename, "rename", AT_FDCWD, 0, (const char *from, const char *path), from, path)
ON_PATH(renameat, "rename", folder, 0, (int old, const char *from, int folder, const char *path), old, from, folder, path)
ON_PATH(link, "link", AT_FDCWD, 0, (const char *from, const char *path), from, path)
ON_PATH(unlink, "unlink", AT_FDCWD, 1, (const char *path), path)
ON_PATH(unlinkat, "unlink", folder, 1, (int folder, const char *path, int flags), folder, path, flags)
ON_PATH(mkdir, "mkdir", AT_FDCWD, 0, (const char *path, mode_t mode), path, mode)
ON_PATH(mkdirat, "mkdir", folder, 0, (int folder, const char *path, mode_t mode), folder, path, mode)
ON_PATH(chmod, "chmod", AT_FDCWD, 0, (const char *path, mode_t mode), path, mode)
ON_PATH(fchmodat, "chmod", folder, 0, (int folder, const char *path, mode_t mode, int flags), folder, path, mode, flags)
ON_PATH(chown, "chown", AT_FDCWD, 0, (const char *path, uid_t user, gid_t group), path, user, group)

/* Not `time`, by which OpenSSL looks at certificates: those of the tests' internet are of today. */
int clock_gettime(clockid_t clock, struct timespec *told) {
    int result = (int)syscall(SYS_clock_gettime, clock, told);
    if (result == 0 && clock == CLOCK_REALTIME) told->tv_sec += ahead_s;
    return result;
}
