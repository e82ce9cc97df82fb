#include "config/load.hpp"
#include "config/reader.hpp"
#include "config/table.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The table as JSON Schema (draft 2020-12), for editors that complete and check YAML.
namespace crier::config {
namespace {

std::string string_of(std::string_view text) {
    std::string json = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            json += '\\';
        if (c == '\n')
            json += "\\n";
        else
            json += c;
    }
    return json + '"';
}

/// An object, member by member. Those that are short and simple stay on one line.
class Object {
public:
    Object& member(std::string_view key, std::string json) {
        members_.emplace_back(string_of(key), std::move(json));
        return *this;
    }
    Object& text(std::string_view key, std::string_view value) { return member(key, string_of(value)); }

    [[nodiscard]] std::string json() const {
        constexpr std::size_t longest_line = 90;
        std::string line = "{";
        for (const auto& [key, value] : members_)
            line.append(line.size() > 1 ? ", " : "").append(key).append(": ").append(value);
        line += '}';
        if (line.size() <= longest_line && line.find('\n') == std::string::npos)
            return line;
        std::string lines = "{";
        for (const auto& [key, value] : members_)
            lines += (lines.size() > 1 ? ",\n  " : "\n  ") + key + ": " + indented(value);
        return lines + "\n}";
    }

private:
    static std::string indented(const std::string& json) {
        std::string text;
        for (const char c : json) {
            text += c;
            if (c == '\n')
                text += "  ";
        }
        return text;
    }

    std::vector<std::pair<std::string, std::string>> members_;
};

std::string list_of(const std::vector<std::string>& items) {
    std::string json = "[";
    for (const std::string& item : items)
        json += (json.size() > 1 ? ", " : "") + item;
    return json + ']';
}

/// "account.limits" of "accounts.NAME.limits": where it stands is the one name that no other section has.
std::string definition_of(const Section& section) {
    std::string name;
    for (const char c : section.where.substr(0, section.where.find(',')))
        if (c != '[' && c != ']')
            name += c;
    return name;
}

std::string ref(const Section& section) {
    return Object{}.text("$ref", "#/$defs/" + definition_of(section)).json();
}

std::string or_null(const Section& section) {
    return Object{}.member("oneOf", list_of({ref(section), R"({"type": "null"})"})).json();
}

constexpr std::string_view duration_pattern = "^([0-9]+(w|d|h|m|s|ms|us))+$";
constexpr std::string_view name_pattern = "^[A-Za-z0-9._-]{1,80}$";

std::string text_type() {
    return Object{}.text("type", "string").json();
}

/// Texts that happen to look like a number or truth value are texts to crier.
Object& loose_text(Object& object) {
    return object.member("type", R"(["string", "number", "boolean"])");
}

std::string text_or_list() {
    const std::string list =
        Object{}.text("type", "array").member("items", text_type()).member("minItems", "1").json();
    return list_of({text_type(), list});
}

void describe_shape(Object& object, const Row& row) {
    switch (row.type) {
    case Type::text:
    case Type::template_:
        loose_text(object);
        return;
    case Type::zone:
    case Type::path:
    case Type::address:
        object.text("type", "string");
        return;
    case Type::name:
        loose_text(object).text("pattern", name_pattern);
        return;
    case Type::boolean:
        object.text("type", "boolean");
        return;
    case Type::number:
        object.text("type", "integer")
            .member("minimum", std::to_string(row.least))
            .member("maximum", std::to_string(row.most));
        return;
    case Type::duration:
        object.text("type", "string").text("pattern", duration_pattern);
        return;
    case Type::time_of_day:
        object.text("type", "string").text("pattern", "^([01][0-9]|2[0-3]):[0-5][0-9]$");
        return;
    case Type::choice: {
        std::vector<std::string> choices;
        for (const std::string_view choice : row.choices)
            choices.push_back(string_of(choice));
        object.member("enum", list_of(choices));
        return;
    }
    case Type::words:
    case Type::moments:
        object.member("oneOf", text_or_list());
        return;
    case Type::publish:
        object.member("oneOf", list_of({R"({"type": "integer", "minimum": 0})", R"({"const": "all"})"}));
        return;
    case Type::interval:
        object.member("oneOf",
                      list_of({Object{}.text("type", "string").text("pattern", duration_pattern).json(),
                               ref(row.section())}));
        return;
    case Type::section:
        object.member("oneOf", list_of({ref(row.section()), R"({"type": "null"})"}));
        return;
    case Type::switchable:
        object.member("oneOf",
                      list_of({ref(row.section()), R"({"type": "null"})", R"({"enum": ["off", false]})"}));
        return;
    case Type::section_map:
        object.member("type", R"(["object", "null"])")
            .member("propertyNames", Object{}.text("pattern", name_pattern).json())
            .member("additionalProperties", ref(row.section()));
        return;
    case Type::section_list:
        object.member("type", R"(["array", "null"])").member("items", ref(row.section()));
        return;
    case Type::point:
        object.text("type", "array")
            .member("items", R"({"type": "number", "minimum": -1, "maximum": 1})")
            .member("minItems", "2")
            .member("maxItems", "2");
        return;
    case Type::targets: {
        const std::string map = Object{}
                                    .text("type", "object")
                                    .member("minProperties", "1")
                                    .member("additionalProperties", or_null(row.section()))
                                    .json();
        const std::string list =
            Object{}.text("type", "array").member("items", text_type()).member("minItems", "1").json();
        object.member("oneOf", list_of({list, map}));
        return;
    }
    case Type::settings:
        object.member("type", R"(["object", "null"])");
        return;
    case Type::conditions:
        object.member("type", R"(["object", "null"])")
            .member(
                "propertyNames",
                R"({"enum": ["title", "summary", "content", "link", "author", "category", "language", "media"]})")
            .member("additionalProperties",
                    Object{}
                        .member("oneOf",
                                list_of({text_type(),
                                         Object{}.text("type", "array").member("items", text_type()).json()}))
                        .json());
        return;
    }
}

std::string schema_of(const Row& row) {
    Object object;
    object.text("description", row.doc);
    describe_shape(object, row);
    if (!row.fallback.empty()) {
        const bool bare = row.type == Type::boolean || row.type == Type::number || row.type == Type::publish;
        if (row.type != Type::section)
            object.member("default", bare ? std::string{row.fallback} : string_of(row.fallback));
    }
    return object.json();
}

void describe(Object& object, const Section& section) {
    Object properties;
    std::vector<std::string> required;
    for (const Row& row : section.rows) {
        if (row.later)
            continue;
        properties.member(row.key, schema_of(row));
        if (row.required)
            required.push_back(string_of(row.key));
    }
    object.text("type", "object");
    object.member("properties", properties.json());
    if (!section.open)
        object.member("additionalProperties", "false");
    if (!required.empty())
        object.member("required", list_of(required));
}

} // namespace

std::string json_schema() {
    Object definitions;
    for (const Section* section : all_sections()) {
        if (section == &top_section())
            continue;
        Object object;
        describe(object, *section);
        definitions.member(definition_of(*section), object.json());
    }
    Object schema;
    schema.text("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.text("title", "crier's configuration");
    describe(schema, top_section());
    schema.member("$defs", definitions.json());
    return schema.json() + '\n';
}

} // namespace crier::config
