#pragma once

#include "sandbox/api/params.hpp"
#include "sandbox/http/message.hpp"
#include "sandbox/state/world.hpp"

#include <optional>
#include <string>
#include <vector>

namespace crier::sandbox {

/// One request on its way through the API, with what is known of it so far.
struct Call {
    World& world;
    const Request& request;
    Time now;
    Params params;
    ReplayMode replay;                 ///< the settings', or a fault's
    std::optional<Fault> fault;        ///< one that changes what an endpoint does, as media_pending
    std::optional<Token> token;        ///< what it was sent with, when that is good
    const Account* account = nullptr;  ///< its owner; null: none, or an application's token
    std::vector<std::string> captures; ///< the parts of the path that stand for something: ids
    std::vector<RateView> rates;       ///< how its limits stand
    std::optional<RateView> family;    ///< of creating and editing statuses

    // What came of it, beside the response.
    std::string status_id;
    bool ask_again = false; ///< it waits for the request in flight

    /// The language of texts: ?lang=, the account's, the browser's.
    [[nodiscard]] std::string language() const;
    [[nodiscard]] Viewer viewer_of(const Status& status) const {
        return account == nullptr              ? Viewer::anyone
               : account->id == status.account ? Viewer::author
                                               : Viewer::other_account;
    }
};

} // namespace crier::sandbox
