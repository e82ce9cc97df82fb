#include "fediverse/plugin.hpp"

#include "fediverse/cursor.hpp"
#include "fediverse/fields.hpp"
#include "fediverse/options.hpp"
#include "fediverse/post.hpp"
#include "fediverse/profile.hpp"
#include "fediverse/reply.hpp"
#include "kit/moment.hpp"
#include "sdk/crier_plugin.hpp"

namespace crier::fediverse {

namespace json = boost::json;

namespace {

constexpr int most_pages = 3;
/// An account's number is asked for anew then: who deletes an account and begins again has another, and who
/// has moved is to be heard of.
constexpr std::int64_t number_holds = 24LL * 3600 * 1'000'000;

class Fediverse {
public:
    explicit Fediverse(const sdk::Settings& settings)
        : options_(read_options(settings)) {}

    /// What belongs to one look is kept from here on; the documents come one after another.
    void begin(const sdk::Input& input, sdk::Sink& sink) {
        look_ = Look{};
        look_.profile = read_profile(input.base_url);
        look_.now = input.now.value_or(0);
        if (auto before = read_cursor(input.cursor, look_.profile)) {
            look_.seen = *before;
            look_.next = *before;
        }
        const bool known = !look_.seen.id.empty() && look_.now - look_.seen.asked < number_holds;
        sink.fetch(known ? statuses_address({}) : look_.profile.lookup_address());
    }

    void parse(const sdk::Input& input, sdk::Sink& sink) {
        const json::value reply = read_reply(input.bytes, look_.profile.host);
        if (const json::array* statuses = reply.if_array())
            take_page(*statuses, sink);
        else if (const json::object* account = reply.if_object(); account != nullptr && !look_.has_account)
            take_account(*account, sink);
        else
            throw sdk::Error(look_.profile.host + " answers with something that is no list of posts");
    }

private:
    struct Look {
        Profile profile;
        std::int64_t now = 0;
        Cursor seen{}; ///< as the look before left it
        Cursor next{};
        int pages = 0;
        bool has_account = false; ///< it was asked for and answered
        bool told_of_move = false;
    };

    [[nodiscard]] std::string statuses_address(const std::string& before) const {
        return look_.profile.origin + "/api/v1/accounts/" + percent_encoded(look_.next.id) +
               "/statuses?limit=40" + (options_.replies ? "" : "&exclude_replies=true") +
               (options_.boosts ? "" : "&exclude_reblogs=true") +
               (before.empty() ? "" : "&max_id=" + percent_encoded(before));
    }

    void take_account(const json::object& account, sdk::Sink& sink) {
        const std::string id = id_in(account, "id");
        if (id.empty())
            throw sdk::Error(look_.profile.host + " says nothing of an account \"" + look_.profile.acct +
                             "\": see whether its page opens in a browser that is not logged in");
        if (flag_in(account, "suspended"))
            throw sdk::Error("the account \"" + look_.profile.acct + "\" is suspended on " +
                             look_.profile.host + "; nothing will come of it");
        look_.has_account = true;
        warn_of_move(account, sink);
        if (look_.seen.id != id) // numbers of posts are of that account
            look_.seen = look_.next = Cursor{};
        look_.next.id = id;
        look_.next.asked = look_.now;
        sink.cursor(look_.next.written(look_.profile));
        sink.fetch(statuses_address({}));
    }

    void warn_of_move(const json::object& account, sdk::Sink& sink) {
        const json::object* moved = object_in(account, "moved");
        if (moved == nullptr || look_.told_of_move)
            return;
        look_.told_of_move = true;
        const std::string_view url = address_in(*moved, "url");
        sink.warning("the account \"" + look_.profile.acct + "\" has moved to " +
                     (url.empty() ? "\"" + std::string{text_in(*moved, "acct")} + "\"" : std::string{url}) +
                     "; write that as url");
    }

    void take_page(const json::array& statuses, sdk::Sink& sink) {
        ++look_.pages;
        bool reached = look_.seen.newest.empty();
        std::string oldest;
        std::size_t place = 0;
        for (const json::value& value : statuses) {
            ++place;
            const json::object* status = value.if_object();
            if (status == nullptr) {
                sink.warning("post " + std::to_string(place) + " is no object {...}; it was left out");
                continue;
            }
            oldest = id_in(*status, "id");
            reached = note(*status, oldest) || reached;
            if (const json::object* account = object_in(*status, "account");
                account != nullptr && id_in(*account, "id") == look_.next.id)
                warn_of_move(*account, sink);
            std::string trouble;
            const auto item = item_of(*status, options_, look_.profile.host, trouble);
            if (!trouble.empty())
                sink.warning("post " + std::to_string(place) + ": " + trouble + "; it was left out");
            if (item && !sink.item(*item))
                return sink.cursor(look_.next.written(look_.profile));
        }
        sink.cursor(look_.next.written(look_.profile));
        if (reached || oldest.empty())
            return;
        if (look_.pages < most_pages)
            sink.fetch(statuses_address(oldest));
        else
            sink.warning("more was posted since the last look than " + std::to_string(most_pages) +
                         " pages hold; what is older was left out: look more often (poll)");
    }

    /// The newest one is remembered. True: this is the one of the look before, or older.
    bool note(const json::object& status, const std::string& id) {
        const std::int64_t made = kit::parse_moment(text_in(status, "created_at")).value_or(0);
        if (made > look_.next.newest_at || look_.next.newest.empty()) {
            look_.next.newest = id;
            look_.next.newest_at = made;
        }
        return id == look_.seen.newest ||
               (made != 0 && look_.seen.newest_at != 0 && made <= look_.seen.newest_at);
    }

    Options options_;
    Look look_;
};

const crier_plugin& fediverse_table() {
    static const crier_plugin table =
        sdk::make_table<Fediverse>("fediverse", "another account's public posts, by Mastodon's API",
                                   CRIER_PLUGIN_FETCHES, option_table().data(), option_table().size());
    return table;
}

} // namespace

const crier_plugin& table() noexcept {
    return fediverse_table();
}

} // namespace crier::fediverse
