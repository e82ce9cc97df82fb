#include "commands/tokens_in_use.hpp"

#include "commands/folder_files.hpp"
#include "commands/whole_path.hpp"
#include "sys/token_record.hpp"
#include "sys/token_source.hpp"

#include <utility>

namespace crier::commands {

TokensInUse::TokensInUse(const Invocation& call, const Settings& settings)
    : call_(call) {
    for (const auto& [name, account] : settings.accounts) {
        add("the token of account " + name, account.token);
        if (account.evidence)
            add("the second token of account " + name, *account.evidence);
    }
    for (const SourceSettings& source : settings.sources)
        if (source.hook && source.hook->secret)
            add("the secret of source " + source.name, *source.hook->secret);
    if (settings.alerts.webhook_token)
        add("the token of the alerts' webhook", *settings.alerts.webhook_token);
    if (settings.admin_web)
        add("the token of the admin interface", settings.admin_web->token);
}

void TokensInUse::add(std::string what, const TokenRef& ref) {
    Result<Secret> value = sys::make_token_source(ref, call_.environment)->read();
    if (ref.kind == TokenRef::Kind::file)
        for (const std::string& path : {ref.name, real_path(ref.name)})
            files_.insert({path, sys::record_path(path)});
    if (!value && ref.kind == TokenRef::Kind::file) {
        // One that is open to others is refused, and is the very one to look for.
        constexpr std::size_t longest = 4096;
        std::optional<std::string> text = read_bytes(real_path(ref.name), longest);
        if (text)
            value = sys::parse_token(*text, ref.name);
    }
    if (value)
        all_.push_back({std::move(what), std::move(*value)});
}

} // namespace crier::commands
