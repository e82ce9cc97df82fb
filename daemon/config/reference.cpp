#include "config/load.hpp"
#include "config/table.hpp"

#include <string>
#include <string_view>

/// The table as Markdown: what docs/CONFIG.md holds between its marks.
namespace crier::config {
namespace {

/// A cell of a table: one line, and no bar that would end it.
std::string cell(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (c == '|')
            safe += '\\';
        safe += c;
    }
    return safe;
}

std::string code(std::string_view text) {
    return text.empty() ? "" : '`' + cell(text) + '`';
}

} // namespace

std::string_view applies(Reload reload) {
    switch (reload) {
    case Reload::live:
        return "at reload";
    case Reload::new_posts:
        return "for new posts";
    case Reload::restart:
        return "at restart";
    }
    return {};
}

std::string shape(const Row& row) {
    switch (row.type) {
    case Type::text:
        return "text";
    case Type::template_:
        return "template";
    case Type::boolean:
        return "`true`, `false`";
    case Type::number:
        return "number";
    case Type::duration:
        return "duration";
    case Type::time_of_day:
        return "time of day, quoted";
    case Type::zone:
        return "time zone";
    case Type::choice: {
        std::string text;
        for (const std::string_view choice : row.choices)
            text += (text.empty() ? "" : ", ") + code(choice);
        return text;
    }
    case Type::path:
        return "path";
    case Type::address:
        return "address";
    case Type::name:
        return "name";
    case Type::words:
        return "text, or list of texts";
    case Type::moments:
        return "moment, or list of moments";
    case Type::publish:
        return "number, or `all`";
    case Type::interval:
        return "duration, or mapping";
    case Type::section:
        return "mapping";
    case Type::switchable:
        return "mapping, or `off`";
    case Type::section_map:
        return "mapping of names";
    case Type::section_list:
        return "list";
    case Type::point:
        return "two numbers";
    case Type::targets:
        return "list of names, or mapping of names";
    case Type::conditions:
        return "mapping of fields";
    case Type::settings:
        return "mapping";
    }
    return {};
}

namespace {

std::string rows_of(const Section& section) {
    std::string text = "| key | value | default | a change counts | |\n| --- | --- | --- | --- | --- |\n";
    for (const Row& row : section.rows) {
        if (row.later)
            continue;
        text += "| " + code(row.key) + " | " + shape(row) + " | " +
                (row.required ? "must be given" : code(row.fallback)) + " | " +
                std::string{applies(row.reload)} + " | " + cell(row.doc);
        if (!row.example.empty())
            text += " Example: " + code(row.example) + '.';
        text += " |\n";
    }
    std::string later;
    for (const Row& row : section.rows)
        if (row.later)
            later += (later.empty() ? "" : ", ") + code(row.key);
    if (!later.empty())
        text += "\nKnown, but not in this version: " + later + ".\n";
    return text;
}

} // namespace

std::string reference_markdown() {
    std::string text;
    for (const Section* section : all_sections()) {
        text += "### ";
        text += section->where.empty() ? "The file" : code(section->where);
        text += "\n\n";
        if (!section->doc.empty()) {
            text += section->doc;
            text += "\n\n";
        }
        text += rows_of(*section);
        text += '\n';
    }
    return text;
}

} // namespace crier::config
