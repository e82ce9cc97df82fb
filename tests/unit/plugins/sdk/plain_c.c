#include "plain_c.h"

#include <string.h>

static int instance;

static void* open_it(const crier_setting* settings, size_t count, char* error, size_t error_size) {
    (void)settings;
    if (count > 0) {
        strncpy(error, "it takes no settings", error_size - 1);
        return NULL;
    }
    return &instance;
}

static void close_it(void* it) {
    (void)it;
}

static int parse_it(void* it, const crier_input* input, const crier_sink* sink, char* error,
                    size_t error_size) {
    size_t i;
    (void)it;
    (void)error;
    (void)error_size;
    for (i = 0; i < input->bytes.size; ++i) {
        crier_item item;
        crier_item_init(&item);
        item.title.data = input->bytes.data + i;
        item.title.size = 1;
        if (!sink->item(sink->host, &item))
            break;
    }
    return 0;
}

const crier_plugin* plain_c_table(void) {
    static const crier_plugin table = {sizeof(crier_plugin),
                                       CRIER_PLUGIN_ABI,
                                       "plain-c",
                                       "bytes",
                                       CRIER_PLUGIN_FETCHES,
                                       NULL,
                                       0,
                                       open_it,
                                       close_it,
                                       parse_it,
                                       NULL,
                                       NULL};
    return &table;
}
