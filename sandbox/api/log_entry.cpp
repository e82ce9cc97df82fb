#include "sandbox/api/log_entry.hpp"

#include "sandbox/api/access.hpp"
#include "sandbox/api/params.hpp"

#include <utf8proc.h>

#include <utility>

namespace crier::sandbox {
namespace {

constexpr std::size_t most_headers = 100;

/// The scheme, and whose token it is.
std::string hidden_credentials(const World& world, std::string_view value) {
    const auto space = value.find(' ');
    if (space == std::string_view::npos)
        return "[hidden]";
    const std::string_view token = value.substr(space + 1);
    const std::string who =
        world.accounts.token(token) != nullptr ? world.accounts.hide_tokens(std::string{token}) : "[unknown]";
    return std::string{value.substr(0, space)} + " " + who;
}

} // namespace

std::string printable(std::string_view text) {
    std::string out;
    const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    std::size_t done = 0;
    while (done < text.size()) {
        utf8proc_int32_t point = 0;
        const auto n = utf8proc_iterate(at + done, static_cast<utf8proc_ssize_t>(text.size() - done), &point);
        out.append(n > 0 ? text.substr(done, static_cast<std::size_t>(n)) : std::string_view{"\xEF\xBF\xBD"});
        done += n > 0 ? static_cast<std::size_t>(n) : 1;
    }
    return out;
}

LogEntry log_entry(const World& world, const Request& request, Time now) {
    const auto shown = [&](std::string_view text) {
        return printable(world.accounts.hide_tokens(std::string{text.substr(0, RequestLog::most_text)}));
    };
    Params params = parse_params(request);
    LogEntry entry;
    entry.at = now;
    entry.method = request.method;
    entry.path = shown(request.path);
    entry.query = shown(request.query);
    entry.key = shown(request.header("Idempotency-Key"));
    const Token* const token = world.accounts.token(bearer_of(request, params));
    const Account* const account = token != nullptr ? world.accounts.find(token->account) : nullptr;
    entry.token_account = account != nullptr ? account->name : "";
    for (const Header& header : request.headers)
        if (entry.headers.size() < most_headers)
            entry.headers.emplace_back(header.name, same_text(header.name, "Authorization")
                                                        ? hidden_credentials(world, header.value)
                                                        : shown(header.value));
    entry.parts = std::move(params.parts);
    for (LoggedPart& part : entry.parts) {
        part.name = shown(part.name);
        part.filename = shown(part.filename);
        part.content_type = shown(part.content_type);
        part.text = shown(part.text);
    }
    if (entry.parts.empty())
        entry.body = shown(request.body.view());
    return entry;
}

} // namespace crier::sandbox
