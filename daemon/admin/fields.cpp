#include "admin/fields.hpp"

#include "core/nearest.hpp"

#include <algorithm>
#include <utility>

namespace crier::admin {

namespace json = boost::json;

Failure wrong_field(std::string_view name, std::string_view expected) {
    return Failure{Cause::usage, "`" + std::string{name} + "` must be " + std::string{expected}};
}

Failure unknown_name(std::string_view what, std::string_view name,
                     const std::vector<std::string_view>& known) {
    Failure failure{Cause::usage, "there is no " + std::string{what} + " `" + std::string{name} + "`"};
    if (const std::string near = nearest(name, known); !near.empty())
        failure.hint = "did you mean `" + near + "`?";
    return failure;
}

const json::value* Fields::find(std::string_view name) {
    known_.push_back(name);
    const json::value* value = object_.if_contains({name.data(), name.size()});
    return value == nullptr || value->is_null() ? nullptr : value;
}

std::optional<std::string> Fields::text_if_given(std::string_view name) {
    const json::value* value = find(name);
    if (value == nullptr)
        return std::nullopt;
    if (!value->is_string()) {
        refuse(name, "a string");
        return std::nullopt;
    }
    if (value->get_string().find('\0') != json::string::npos) {
        refuse(name, "a text without NUL, which no server can keep");
        return std::nullopt;
    }
    return std::string{value->get_string()};
}

std::string Fields::text(std::string_view name) {
    return text_if_given(name).value_or(std::string{});
}

std::optional<bool> Fields::flag(std::string_view name) {
    const json::value* value = find(name);
    if (value == nullptr)
        return std::nullopt;
    if (!value->is_bool()) {
        refuse(name, "true or false");
        return std::nullopt;
    }
    return value->get_bool();
}

std::optional<std::int64_t> Fields::whole(std::string_view name) {
    const json::value* value = find(name);
    if (value == nullptr)
        return std::nullopt;
    if (!value->is_int64()) {
        refuse(name, "a whole number");
        return std::nullopt;
    }
    return value->get_int64();
}

const json::array* Fields::list(std::string_view name, std::string_view expected) {
    const json::value* value = find(name);
    if (value != nullptr && !value->is_array())
        refuse(name, expected);
    return value != nullptr ? value->if_array() : nullptr;
}

const json::object* Fields::object(std::string_view name, std::string_view expected) {
    const json::value* value = find(name);
    if (value != nullptr && !value->is_object())
        refuse(name, expected);
    return value != nullptr ? value->if_object() : nullptr;
}

void Fields::refuse(Failure failure) {
    if (!failure_)
        failure_ = std::move(failure);
}

Result<> Fields::done() {
    for (const auto& field : object_) {
        const std::string_view name{field.key().data(), field.key().size()};
        if (std::find(known_.begin(), known_.end(), name) == known_.end())
            refuse(unknown_name("field", name, known_));
    }
    if (failure_)
        return *failure_;
    return {};
}

} // namespace crier::admin
