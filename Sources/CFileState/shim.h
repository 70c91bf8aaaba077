#pragma once
#include <stdint.h>
#include <sys/stat.h>

// What the inbox asks of a file. In C, because Swift finds the members of `struct stat` now in one module and now in
// another, and the time of the last change has another name on each system.
struct file_state {
    uint64_t file;
    int64_t size;
    int64_t changed_seconds;
    int64_t changed_nanoseconds;
    int64_t modified_seconds;
    int is_file;
    int is_folder;
};

static inline int file_state_from(int failed, const struct stat *status, struct file_state *state) {
    if (failed) return -1;
    state->file = (uint64_t)status->st_ino;
    state->size = (int64_t)status->st_size;
#ifdef __APPLE__
    state->modified_seconds = status->st_mtimespec.tv_sec;
    state->changed_seconds = status->st_ctimespec.tv_sec;
    state->changed_nanoseconds = status->st_ctimespec.tv_nsec;
#else
    state->modified_seconds = status->st_mtim.tv_sec;
    state->changed_seconds = status->st_ctim.tv_sec;
    state->changed_nanoseconds = status->st_ctim.tv_nsec;
#endif
    state->is_file = S_ISREG(status->st_mode);
    state->is_folder = S_ISDIR(status->st_mode);
    return 0;
}

// A link is neither a file nor a folder here.
static inline int file_state_of_path(const char *path, struct file_state *state) {
    struct stat status;
    return file_state_from(lstat(path, &status), &status, state);
}

static inline int file_state_of_descriptor(int descriptor, struct file_state *state) {
    struct stat status;
    return file_state_from(fstat(descriptor, &status), &status, state);
}

static inline int set_modified_seconds(int descriptor, int64_t seconds) {
    struct timespec times[2] = {{(time_t)seconds, 0}, {(time_t)seconds, 0}};
    return futimens(descriptor, times);
}
