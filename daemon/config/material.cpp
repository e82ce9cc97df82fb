#include "config/material.hpp"

namespace crier::config {

const Material& entry_material() {
    static const Material material{{"now", "due", "entry", "account", "counter"}, false, true};
    return material;
}

const Material& drawn_material() {
    static const Material material{{"title", "link", "summary", "content", "author", "categories",
                                    "published", "updated", "language", "id", "source", "entry", "account",
                                    "now", "due", "counter"},
                                   true,
                                   true};
    return material;
}

const Material& item_material() {
    static const Material material{{"title", "link", "summary", "content", "author", "categories",
                                    "published", "updated", "language", "id", "source", "account", "now",
                                    "page_title", "page_description"},
                                   true,
                                   false};
    return material;
}

const Material& common_material() {
    static const Material material{{"now", "account"}, false, false};
    return material;
}

} // namespace crier::config
