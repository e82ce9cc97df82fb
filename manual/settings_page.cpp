#include "manual/settings_page.hpp"

#include "config/load.hpp"
#include "config/table.hpp"
#include "manual/roff.hpp"
#include "plugin/registry.hpp"

#include <string_view>

namespace crier::manual {
namespace {

std::string key_item(const config::Row& row) {
    std::string text = ".TP\n" + bold(row.key) + "\n";
    text += sentence(config::shape(row));
    if (row.required)
        text += " Must be given.";
    if (!row.fallback.empty())
        text += " Default: " + bold(row.fallback) + ".";
    if (!row.doc.empty())
        text += "\n" + sentence(row.doc);
    if (!row.example.empty())
        text += "\nExample: " + bold(row.example) + ".";
    text += "\nA change counts " + std::string{config::applies(row.reload)} + ".\n";
    return text;
}

} // namespace

std::string settings_page() {
    std::string text;
    for (const config::Section* section : config::all_sections()) {
        text += ".SS \"" + (section->where.empty() ? "The file" : literal(section->where)) + "\"\n";
        if (!section->doc.empty())
            text += sentence(section->doc) + "\n";
        for (const config::Row& row : section->rows)
            if (!row.later)
                text += key_item(row);
    }
    return text;
}

std::string plugins_page() {
    std::string text;
    for (const plugin::BuiltIn& plugin : plugin::built_ins()) {
        text += ".TP\n" + bold(plugin.name) + "\n" + sentence(plugin.about) + "\n";
        std::string keys;
        for (const std::string& key : plugin.options)
            keys += (keys.empty() ? "" : ", ") + bold(key);
        if (!keys.empty())
            text += "Its own keys: " + keys + ".\n";
    }
    return text;
}

} // namespace crier::manual
