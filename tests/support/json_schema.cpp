#include "support/json_schema.hpp"

#include "core/time.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace crier::test {

namespace json = boost::json;

namespace {

using Faults = std::vector<std::string>;

bool is_of_type(const json::value& value, std::string_view type) {
    if (type == "null")
        return value.is_null();
    if (type == "boolean")
        return value.is_bool();
    if (type == "string")
        return value.is_string();
    if (type == "array")
        return value.is_array();
    if (type == "object")
        return value.is_object();
    if (type == "integer")
        return value.is_int64() || value.is_uint64();
    return type == "number" && value.is_number();
}

bool is_of_types(const json::value& value, const json::value& types) {
    if (types.is_string())
        return is_of_type(value, std::string_view{types.get_string()});
    const json::array& list = types.as_array();
    return std::any_of(list.begin(), list.end(), [&](const json::value& one) {
        return is_of_type(value, std::string_view{one.as_string()});
    });
}

void add(Faults& faults, Faults more) {
    faults.insert(faults.end(), more.begin(), more.end());
}

void check_fields(Faults& faults, const json::object& object, const json::object& schema,
                  const json::object& document, const std::string& place) {
    const json::value* properties = schema.if_contains("properties");
    const json::value* others = schema.if_contains("additionalProperties");
    for (const auto& [name, value] : object) {
        const std::string at = place + "." + std::string{name};
        const json::value* known =
            properties != nullptr ? properties->as_object().if_contains(name) : nullptr;
        if (known == nullptr)
            known = others;
        if (known != nullptr)
            add(faults, faults_by_schema(value, known->as_object(), document, at));
        else if (properties != nullptr)
            faults.push_back(at + " is not described");
    }
    if (const json::value* required = schema.if_contains("required"))
        for (const json::value& name : required->as_array())
            if (!object.contains(name.as_string()))
                faults.push_back(place + "." + std::string{name.as_string()} + " is missing");
}

void check_number(Faults& faults, double number, const json::object& schema, const std::string& place) {
    if (const json::value* least = schema.if_contains("minimum");
        least != nullptr && number < least->to_number<double>())
        faults.push_back(place + " is too small");
    if (const json::value* most = schema.if_contains("maximum");
        most != nullptr && number > most->to_number<double>())
        faults.push_back(place + " is too large");
}

void check_words(Faults& faults, const json::object& schema, const std::string& place) {
    constexpr std::array<std::string_view, 12> known{"$ref",     "oneOf",   "type",   "properties",
                                                     "required", "items",   "enum",   "additionalProperties",
                                                     "minimum",  "maximum", "format", "description"};
    for (const auto& [word, value] : schema)
        if (std::find(known.begin(), known.end(), std::string_view{word}) == known.end())
            faults.push_back(place + ": the schema says '" + std::string{word} +
                             "', which nobody here checks");
}

} // namespace

const json::object* referred(const json::object& document, std::string_view reference) {
    const json::object* at = &document;
    if (!reference.starts_with("#/"))
        return nullptr;
    reference.remove_prefix(2);
    while (!reference.empty()) {
        const std::string_view name = reference.substr(0, reference.find('/'));
        reference.remove_prefix(std::min(reference.size(), name.size() + 1));
        const json::value* next = at->if_contains({name.data(), name.size()});
        if (next == nullptr || !next->is_object())
            return nullptr;
        at = &next->get_object();
    }
    return at;
}

Faults faults_by_schema(const json::value& value, const json::object& schema, const json::object& document,
                        const std::string& place) {
    Faults faults;
    check_words(faults, schema, place);
    if (const json::value* reference = schema.if_contains("$ref")) {
        const json::object* to = referred(document, std::string_view{reference->as_string()});
        if (to == nullptr)
            return {place + ": nothing is at " + std::string{reference->as_string()}};
        return faults_by_schema(value, *to, document, place);
    }
    if (const json::value* ways = schema.if_contains("oneOf")) {
        Faults last;
        for (const json::value& way : ways->as_array()) {
            last = faults_by_schema(value, way.as_object(), document, place);
            if (last.empty())
                return faults;
        }
        faults.push_back(place + " is none of what it may be; " + (last.empty() ? "" : last.front()));
        return faults;
    }
    if (const json::value* types = schema.if_contains("type");
        types != nullptr && !is_of_types(value, *types)) {
        faults.push_back(place + " is " + json::serialize(value).substr(0, 40) + ", and not " +
                         json::serialize(*types));
        return faults;
    }
    if (const json::value* words = schema.if_contains("enum")) {
        const json::array& list = words->as_array();
        if (std::find(list.begin(), list.end(), value) == list.end())
            faults.push_back(place + " is none of " + json::serialize(list));
    }
    if (const json::value* format = schema.if_contains("format");
        format != nullptr && value.is_string() &&
        (format->as_string() != "date-time" || !from_rfc3339(std::string_view{value.get_string()})))
        faults.push_back(place + " is no " + std::string{format->as_string()});
    if (value.is_object())
        check_fields(faults, value.get_object(), schema, document, place);
    if (const json::value* items = schema.if_contains("items"); items != nullptr && value.is_array())
        for (std::size_t i = 0; i < value.get_array().size(); ++i)
            add(faults, faults_by_schema(value.get_array()[i], items->as_object(), document,
                                         place + "[" + std::to_string(i) + "]"));
    if (value.is_number())
        check_number(faults, value.to_number<double>(), schema, place);
    return faults;
}

} // namespace crier::test
