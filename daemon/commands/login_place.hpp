#pragma once

#include "commands/commands.hpp"
#include "core/scopes.hpp"
#include "core/secret.hpp"
#include "core/settings.hpp"
#include "sys/token_record.hpp"

#include <optional>
#include <string>

/// What a login is for, and where its token goes.
namespace crier::commands {

struct LoginPlan {
    std::string server;
    std::string account; ///< of the configuration; empty: of none
    std::string handle;  ///< as whom to log in; empty: not said
    Scopes needed;       ///< by the configuration
    Scopes asked;        ///< of the server
    std::string file;    ///< absolute; empty: it is printed

    LoginPlan() = default;
};

/// From the command line and the configuration, if there is one. Before anything is asked of the server: the
/// token that it gives must have a place.
[[nodiscard]] Result<LoginPlan> plan_login(const Invocation& call, const LoginOptions& options);

/// What stands in the token's file before.
struct OldToken {
    Secret token;                           ///< empty: there is none
    std::string why_none;                   ///< then
    std::optional<sys::TokenRecord> record; ///< nothing: nobody knows its application
    std::string why_no_record;              ///< then, where one is there; empty: there is none
    bool exposed = false;                   ///< others may read it

    OldToken() = default;
};
/// Nothing: neither a token's file nor a record is there. A failure: what is there cannot be read, so that a
/// token which is alive might get lost with it.
[[nodiscard]] Result<std::optional<OldToken>> old_token(const std::string& file);

/// Both files, mode 0600 (or 0640, as the token's was exactly that, for a service's group), each whole or not
/// at all; a daemon that finds the new token finds its record.
[[nodiscard]] Result<> place_token(const std::string& file, const Secret& token,
                                   const sys::TokenRecord& record);

} // namespace crier::commands
