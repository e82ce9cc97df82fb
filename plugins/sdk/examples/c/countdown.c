/* A list of days, one a line ("2027-12-24 Christmas Eve"): each is an item that is due on its day at noon UTC. A
 * line with a dash ("- Merry Christmas") is one for now.
 *
 *   sources:
 *     days:
 *       plugin: native
 *       object: /opt/crier/countdown.so
 *       url: /etc/crier/countdown.txt
 *       account: news
 *       post: {status: "Today is {{ title }}."}
 */

#include "sdk/crier_plugin.h"

#include <stdio.h>
#include <stdlib.h>

/* There are no settings, so one instance is as good as another. */
static int instance;

static void say(char* error, size_t size, const char* words) {
    if (error != NULL && size > 0) {
        strncpy(error, words, size - 1);
        error[size - 1] = '\0';
    }
}

static void* open_instance(const crier_setting* settings, size_t count, char* error, size_t error_size) {
    (void)settings;
    if (count > 0) {
        say(error, error_size, "the countdown has no settings: remove them");
        return NULL;
    }
    return &instance;
}

static void close_instance(void* handle) {
    (void)handle;
}

/* Days since 1970-01-01 of a date of the Gregorian calendar. */
static int64_t days_of(int year, int month, int day) {
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* Nonzero: the host has enough. */
static int read_line(crier_text line, const crier_sink* sink) {
    char date[11];
    int year, month, day;
    char end;
    crier_item item;
    crier_item_init(&item);
    item.id = line; /* another day or another text is another item */
    if (line.size > 2 && line.data[0] == '-' && line.data[1] == ' ') {
        item.title.data = line.data + 2;
        item.title.size = line.size - 2;
        return !sink->item(sink->host, &item);
    }
    if (line.size < 12 || line.data[10] != ' ') {
        static const char words[] = "a line was passed over: it must be a date, a blank and a text";
        crier_text text = {words, sizeof words - 1};
        if (sink->warning != NULL)
            sink->warning(sink->host, text);
        return 0;
    }
    memcpy(date, line.data, 10);
    date[10] = '\0';
    if (sscanf(date, "%4d-%2d-%2d%c", &year, &month, &day, &end) != 3 || month < 1 || month > 12 || day < 1 ||
        day > 31)
        return 0;
    item.title.data = line.data + 11;
    item.title.size = line.size - 11;
    item.due = (days_of(year, month, day) * 24 + 12) * 3600 * 1000000;
    return !sink->item(sink->host, &item);
}

static int parse(void* handle, const crier_input* input, const crier_sink* sink, char* error,
                 size_t error_size) {
    const char* at = input->bytes.data;
    const char* end = at + input->bytes.size;
    (void)handle;
    (void)error;
    (void)error_size;
    while (at < end) {
        const char* stop = memchr(at, '\n', (size_t)(end - at));
        crier_text line;
        if (stop == NULL)
            stop = end;
        line.data = at;
        line.size = (size_t)(stop - at);
        if (line.size > 0 && read_line(line, sink))
            break;
        at = stop + 1;
    }
    return 0;
}

static const crier_plugin table = {sizeof(crier_plugin),
                                   CRIER_PLUGIN_ABI,
                                   "countdown",
                                   "days that are posted when they come",
                                   CRIER_PLUGIN_FETCHES | CRIER_PLUGIN_OWN,
                                   NULL,
                                   0,
                                   open_instance,
                                   close_instance,
                                   parse,
                                   NULL,
                                   NULL};

uint32_t crier_plugin_version(const uint32_t* offered, size_t count) {
    size_t i;
    for (i = 0; i < count; ++i)
        if (offered[i] == CRIER_PLUGIN_ABI)
            return CRIER_PLUGIN_ABI;
    return 0;
}

const crier_plugin* crier_plugin_table(uint32_t abi) {
    return abi == CRIER_PLUGIN_ABI ? &table : NULL;
}
