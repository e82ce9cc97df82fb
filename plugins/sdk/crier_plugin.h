#ifndef CRIER_PLUGIN_H
#define CRIER_PLUGIN_H

/* The door between crier and its source plugins: plain C, so that it outlives compilers.
 *
 * A plugin turns bytes into items. The host fetches, runs, reads files and listens, decides when, and keeps
 * what is to be remembered. Built-in plugins pass the same door as shared objects, which live in a process
 * of their own. docs/PLUGINS.md has all of it with examples.
 *
 * Versions: a shared object exports crier_plugin_version() and crier_plugin_table(), see the end. The host
 * offers the versions that it speaks before anything else is called. A structure that may grow begins with
 * its size as its maker knew it; fields are only ever added at the end, and neither side reads beyond the
 * size that it was given. In an array of such structures the next one begins that size further on.
 * crier_text, crier_option and crier_setting never change.
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
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CRIER_PLUGIN_ABI 1u

typedef struct crier_text {
    const char* data; /* may be null when size is 0 */
    size_t size;
} crier_text;

/* Where the bytes come from: one of these. */
#define CRIER_PLUGIN_FETCHES 0x1u /* what the host fetches from `url`, or reads there from a file */
#define CRIER_PLUGIN_RUNS 0x2u    /* what the source's `command` writes */
#define CRIER_PLUGIN_FOLDER 0x4u  /* the files of the folder `path`, each by itself */
#define CRIER_PLUGIN_HEARS 0x8u   /* what others send to the host */
#define CRIER_PLUGIN_POLLS 0x10u  /* the plugin gets them by itself: shared objects only */

/* And any of these. */
#define CRIER_PLUGIN_CLOCK 0x100u    /* the same bytes mean other items later: it goes by `now` */
#define CRIER_PLUGIN_EDITS 0x200u    /* an item may come again in other words, and means the same one */
#define CRIER_PLUGIN_DELETES 0x400u  /* it says which items were taken back: `gone` */
#define CRIER_PLUGIN_FORWARD 0x1000u /* its items come in the order in which they are to be posted */
#define CRIER_PLUGIN_OWN 0x800u      /* the user's own words: all that is there at the first look is meant */

/* No time is known. */
#define CRIER_NO_TIME INT64_MIN

typedef struct crier_media {
    uint32_t size;
    crier_text url;
    crier_text type; /* MIME type, may be empty */
    crier_text alt;  /* description; never invented */
    crier_text from; /* enclosure, media_rss, itunes_image, content_image, og_image */
    crier_text file; /* in the place of `url`: beside the file that was read, by its name; of what was run
                        or got by itself, an absolute path. Nothing that was fetched may name one. */
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
    double weight;   /* how often it is drawn beside others: 1 is usual, 0 never; makers that end before it
                        say 1 */
    int64_t due;     /* it is to be posted then, not before and not much later; 0 or CRIER_NO_TIME: at once */
    int64_t expires; /* and from then on not at all; 0 or CRIER_NO_TIME: whenever */
    uint32_t gone;   /* not 0: it was taken back; only `id` (or `link`) counts */
} crier_item;

/* A blank item: begin with it. */
static inline void crier_item_init(crier_item* item) {
    memset(item, 0, sizeof *item);
    item->size = sizeof *item;
    item->published = CRIER_NO_TIME;
    item->updated = CRIER_NO_TIME;
    item->weight = 1;
    item->due = CRIER_NO_TIME;
    item->expires = CRIER_NO_TIME;
}

typedef struct crier_setting {
    crier_text name;
    crier_text value;
} crier_setting;

/* When a look at the source is worth its while, by its own word. */
typedef struct crier_pace {
    uint32_t size;
    uint32_t skip_hours; /* bit h: not from h:00 to h+1:00 UTC */
    uint32_t skip_days;  /* bit d: not on that day in UTC; 0 is Sunday */
    int64_t step;        /* seconds between two looks, at least; 0: any */
    int64_t base;        /* a moment that the steps count from; CRIER_NO_TIME: the look before */
} crier_pace;

/* Any time is as good as another: begin with it. */
static inline void crier_pace_init(crier_pace* pace) {
    memset(pace, 0, sizeof *pace);
    pace->size = sizeof *pace;
    pace->base = CRIER_NO_TIME;
}

/* What the host takes from a plugin during begin(), parse() and page(). */
typedef struct crier_sink {
    uint32_t size;
    void* host;
    /* One item; newest first where the source has an order (CRIER_PLUGIN_FORWARD: oldest first). 0: enough,
     * stop. */
    int (*item)(void* host, const crier_item* item);
    /* Something was wrong, and what was done about it. */
    void (*warning)(void* host, crier_text message);
    /* Do not look again sooner than in so many seconds, this time. */
    void (*wait)(void* host, int64_t seconds);
    /* What the plugin wants to be given back at its next look; the last one counts. At most 64 KiB. */
    void (*cursor)(void* host, crier_text cursor);
    /* One more document of this look, http or https: it is handed to parse() in its turn. 0: no more. */
    int (*fetch)(void* host, crier_text url);
    /* Holds as long as the source stays the same, also for looks that show the plugin nothing; the last one
     * counts, and a document that says none has none. */
    void (*pace)(void* host, const crier_pace* pace);
    /* The document says that this hub (http or https; empty: it names none) pushes what changes in it
     * (WebSub), and knows it as `topic`; empty: as the address that it came from. Holds as long as pace()
     * does. */
    void (*hub)(void* host, crier_text url, crier_text topic);
} crier_sink;

/* What was fetched, read, heard, or written by the command. */
typedef struct crier_input {
    uint32_t size;
    crier_text bytes;
    crier_text content_type; /* as the server said, may be empty */
    crier_text base_url;     /* where the bytes came from in the end: an address, or a file's path; empty for
                                a command's. In begin(): the source's `url` */
    int64_t now;             /* when the look began; CRIER_NO_TIME where nobody says */
    crier_text cursor;       /* of the look before; empty: there was none, or it is to be read anew */
    crier_text asked;        /* the address as it was asked for; empty: none was */
    const crier_setting* headers; /* of what was heard, names in lower case */
    size_t header_count;
} crier_input;

typedef struct crier_option {
    const char* name;
    const char* about; /* one sentence */
} crier_option;

/* A failure's words go to `error` (host's buffer of error_size bytes, always ended by a zero byte). What
 * returns an int returns 0 when it went well; else nothing of it counts, see `error`. */
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
    /* Reads as far as it goes. */
    int (*parse)(void* instance, const crier_input* input, const crier_sink* sink, char* error,
                 size_t error_size);
    /* May be null. Of what is fetched: asks for the look's first documents by fetch(). Without it the host
     * fetches `url`. */
    int (*begin)(void* instance, const crier_input* input, const crier_sink* sink, char* error,
                 size_t error_size);
    /* May be null. Reads the web page that an item links to, and yields one item with what that says of it:
     * a summary, media from og_image. */
    int (*page)(void* instance, const crier_input* input, const crier_sink* sink, char* error,
                size_t error_size);
} crier_plugin;

/* What a shared object exports, with C linkage. The host calls the first with the versions that it speaks; it
 * picks one of them, or says 0. Then the host asks for the table of that version: it and what it points to
 * stay as they are for ever. */
#if defined(__GNUC__)
#define CRIER_PLUGIN_EXPORT __attribute__((visibility("default")))
#else
#define CRIER_PLUGIN_EXPORT
#endif
CRIER_PLUGIN_EXPORT uint32_t crier_plugin_version(const uint32_t* offered, size_t count);
CRIER_PLUGIN_EXPORT const crier_plugin* crier_plugin_table(uint32_t abi);

#ifdef __cplusplus
}
#endif

#endif
