#include "webhook/body.hpp"

#include "kit/json_values.hpp"
#include "kit/text.hpp"

#include <algorithm>
#include <utility>

namespace crier::webhook {

namespace {

int hex(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    const char small = static_cast<char>(c | 0x20);
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

std::string decoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hex(text[i + 1]) : -1;
        const int low = high >= 0 ? hex(text[i + 2]) : -1;
        if (low >= 0) {
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

} // namespace

std::string form_field(std::string_view form, std::string_view name) {
    while (!form.empty()) {
        const std::string_view part = form.substr(0, form.find('&'));
        form.remove_prefix(std::min(part.size() + 1, form.size()));
        const std::size_t sign = part.find('=');
        if (sign != std::string_view::npos && part.substr(0, sign) == name)
            return decoded(part.substr(sign + 1));
    }
    return {};
}

boost::json::value json_of(const sdk::Input& input) {
    const std::string_view stated = input.header("content-type");
    const std::string type = kit::lowered(stated.empty() ? input.content_type : stated);
    std::string payload;
    std::string_view text = input.bytes;
    if (type.find("x-www-form-urlencoded") != std::string::npos) {
        payload = form_field(text, "payload");
        if (payload.empty())
            throw sdk::Error(
                "the form that was sent has no field `payload`: send JSON (application/json), or JSON in "
                "that field");
        text = payload;
    }
    if (kit::trimmed(text).empty())
        throw sdk::Error("the request has no body: send JSON (application/json)");
    kit::JsonValues values{text};
    auto found = values.next({});
    const std::string kind =
        type.empty() ? std::string{} : " (it says that it is " + std::string{kit::cut(type)} + ")";
    if (!found || !found->value)
        throw sdk::Error("the body must be JSON" + kind + ": " + (found ? found->trouble : "there is none"));
    if (values.next({}))
        throw sdk::Error("the body must be one JSON value" + kind + ", and something follows it");
    return std::move(*found->value);
}

} // namespace crier::webhook
