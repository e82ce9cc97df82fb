#ifndef CRIER_PLUGIN_H
#define CRIER_PLUGIN_H

/* The door between crier and its source plugins: plain C, so that it outlives compilers.
 *
 * A plugin turns bytes into items. It touches no network, clock, disk, thread or program: the host fetches or
 * runs, decides when, and keeps what is to be remembered. Built-in plugins pass the same door as others.
 *
 * Versions: the host asks for CRIER_PLUGIN_ABI; a plugin that was built for another one is refused before
 * anything else of it is called. A structure that may grow begins with its size as its maker knew it; fields
 * are only ever added at the end, and neither side reads beyond the size that it was given. In an array of
 * such structures the next one begins that size further on. crier_text, crier_option and crier_setting never
 * change.
 *
 * Ownership: what a function is given belongs to the caller and is valid during the call only. Strings are
 * UTF-8 with a length and need not end in a zero byte.
 *
 * Failures: as return values. No exception passes the door, in either direction.
 *
 * Threads: a handle is used by one thread at a time, which need not be the one that made it.
 */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CRIER_PLUGIN_ABI 1u

typedef struct crier_text {
    const char* data; /* may be null when size is 0 */
    size_t size;
} crier_text;

/* Capabilities: one of these. */
#define CRIER_PLUGIN_FETCHES 0x1u /* reads what the host fetches from `url` */
#define CRIER_PLUGIN_RUNS 0x2u    /* reads what the source's `command` writes */

/* No time is known. */
#define CRIER_NO_TIME INT64_MIN

typedef struct crier_media {
    uint32_t size;
    crier_text url;
    crier_text type; /* MIME type, may be empty */
    crier_text alt;  /* description; never invented */
    crier_text from; /* enclosure, media_rss, itunes_image, content_image */
} crier_media;

/* All text is plain: no markup, no entities. Times are microseconds since the epoch, UTC. */
typedef struct crier_item {
    uint32_t size;
    crier_text id;
    crier_text title;
    crier_text link;
    crier_text summary;
    crier_text content;
    crier_text author;
    crier_text language;
    int64_t published; /* or CRIER_NO_TIME */
    int64_t updated;   /* or CRIER_NO_TIME */
    const crier_text* categories;
    size_t category_count;
    const crier_media* media;
    size_t media_count;
    double weight; /* how often it is drawn beside others: 1 is usual, 0 never; makers that end before it say
                      1 */
} crier_item;

/* What the host takes from a plugin during parse(). */
typedef struct crier_sink {
    uint32_t size;
    void* host;
    /* One item; newest first where the source has an order. 0: enough, stop. */
    int (*item)(void* host, const crier_item* item);
    /* Something was wrong, and what was done about it. */
    void (*warning)(void* host, crier_text message);
    /* Do not look again sooner than in so many seconds. */
    void (*wait)(void* host, int64_t seconds);
} crier_sink;

/* What was fetched, or written by the command. */
typedef struct crier_input {
    uint32_t size;
    crier_text bytes;
    crier_text content_type; /* as the server said, may be empty */
    crier_text base_url;     /* where the bytes came from in the end; empty for a command's */
} crier_input;

typedef struct crier_option {
    const char* name;
    const char* about; /* one sentence */
} crier_option;

typedef struct crier_setting {
    crier_text name;
    crier_text value;
} crier_setting;

/* A failure's words go to `error` (host's buffer of error_size bytes, always ended by a zero byte). */
typedef struct crier_plugin {
    uint32_t size;
    uint32_t abi;
    const char* name;
    const char* about;
    uint32_t capabilities;
    const crier_option* options; /* besides the host's own keys */
    size_t option_count;
    /* A configured instance; null and `error` when the settings are wrong. */
    void* (*open)(const crier_setting* settings, size_t count, char* error, size_t error_size);
    void (*close)(void* instance);
    /* 0: read as far as it goes; else nothing of it could be read, see `error`. */
    int (*parse)(void* instance, const crier_input* input, const crier_sink* sink, char* error,
                 size_t error_size);
} crier_plugin;

#ifdef __cplusplus
}
#endif

#endif
