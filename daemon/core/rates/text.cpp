#include "core/rates/text.hpp"

#include <charconv>
#include <limits>

namespace crier::rates {
namespace {

constexpr std::string_view version = "rates1";

/// Fields of one record, read in order.
class Fields {
public:
    explicit Fields(std::string_view record)
        : rest_(record) {}

    std::string_view word() {
        const auto comma = rest_.find(',');
        const std::string_view field = rest_.substr(0, comma);
        ended_ = ended_ || exhausted_;
        exhausted_ = comma == std::string_view::npos;
        rest_ = exhausted_ ? std::string_view{} : rest_.substr(comma + 1);
        return field;
    }
    template <class Number>
    Number number(Number least = std::numeric_limits<Number>::min()) {
        const std::string_view field = word();
        Number value{};
        const auto read = std::from_chars(field.data(), field.data() + field.size(), value);
        if (field.empty() || read.ec != std::errc{} || read.ptr != field.data() + field.size() ||
            value < least)
            bad_ = true;
        return value;
    }
    /// A time or a length: bounded, so that sums of two do not overflow.
    std::int64_t micros() {
        const auto value = number<std::int64_t>();
        constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / 16;
        if (value > most || value < -most)
            bad_ = true;
        return bad_ ? 0 : value;
    }
    std::optional<int> maybe_limit() {
        if (rest_.substr(0, 1) == "-") {
            if (word() != "-")
                bad_ = true;
            return std::nullopt;
        }
        return number<int>(1);
    }
    Scope scope() {
        const std::string_view field = word();
        if (field != "own" && field != "address")
            bad_ = true;
        return field == "address" ? Scope::address : Scope::own;
    }
    [[nodiscard]] bool whole() const { return !bad_ && !ended_ && exhausted_; }

private:
    std::string_view rest_;
    bool exhausted_ = false;
    bool ended_ = false;
    bool bad_ = false;
};

bool read_record(std::string_view record, Saved& saved) {
    Fields fields{record};
    const std::string_view kind = fields.word();
    if (kind == "clock") {
        saved.server_ahead = Duration{fields.micros()};
    } else if (kind == "bucket") {
        Saved::Count count;
        count.scope = fields.scope();
        count.name = fields.word();
        count.limit = fields.maybe_limit();
        count.window = Duration{fields.micros()};
        count.count.window = fields.micros();
        count.count.used = fields.number<int>(0);
        count.count.spill = fields.number<int>(0);
        saved.buckets.push_back(std::move(count));
    } else if (kind == "learnt") {
        Saved::Limit limit;
        limit.scope = fields.scope();
        limit.calls = fields.number<unsigned>();
        limit.limit = fields.maybe_limit();
        limit.count.left = fields.number<int>();
        limit.count.reset = Instant{Duration{fields.micros()}};
        limit.count.length = Duration{fields.micros()};
        saved.learnt.push_back(limit);
    } else if (kind == "left") {
        Pace::Leave leave;
        leave.when = Instant{Duration{fields.micros()}};
        leave.posts = fields.number<int>(0);
        saved.leaves.push_back(leave);
    } else {
        return false;
    }
    return fields.whole();
}

std::string text_of(Scope scope) {
    return scope == Scope::address ? "address" : "own";
}

std::string text_of(std::optional<int> limit) {
    return limit ? std::to_string(*limit) : "-";
}

std::string text_of(Instant when) {
    return std::to_string(when.time_since_epoch().count());
}

} // namespace

void Saved::add(const Ledger& ledger) {
    for (const Bucket& bucket : ledger.buckets()) {
        Count saved;
        saved.scope = ledger.scope();
        saved.name = bucket.rule().name;
        if (bucket.limit() != bucket.rule().limit)
            saved.limit = bucket.limit();
        saved.window = bucket.rule().window;
        saved.count = bucket.count();
        if (saved.limit || saved.count.used > 0 || saved.count.spill > 0)
            buckets.push_back(std::move(saved));
    }
    for (const Learnt& known : ledger.learnt()) {
        Limit saved;
        saved.scope = ledger.scope();
        saved.calls = known.calls();
        saved.limit = known.limit();
        saved.count = known.count();
        learnt.push_back(saved);
    }
}

void Saved::put_into(Ledger& ledger) const {
    Ledger other{ledger.scope()};
    for (const Count& saved : buckets) {
        Bucket* bucket = saved.scope == ledger.scope() ? ledger.find(saved.name) : nullptr;
        if (bucket == nullptr || bucket->rule().window != saved.window)
            continue;
        bucket->merge(saved.count);
        if (saved.limit)
            bucket->set_limit(*saved.limit);
    }
    for (const Limit& saved : learnt) {
        if (saved.scope != ledger.scope())
            continue;
        Learnt limit{saved.calls, saved.limit};
        limit.set(saved.count);
        other.learnt().push_back(limit);
    }
    ledger.merge(other);
}

std::string to_text(const Saved& saved) {
    std::string text{version};
    if (saved.server_ahead != Duration::zero())
        text += " clock," + std::to_string(saved.server_ahead.count());
    for (const Saved::Count& bucket : saved.buckets)
        text += " bucket," + text_of(bucket.scope) + "," + bucket.name + "," + text_of(bucket.limit) + "," +
                std::to_string(bucket.window.count()) + "," + std::to_string(bucket.count.window) + "," +
                std::to_string(bucket.count.used) + "," + std::to_string(bucket.count.spill);
    for (const Saved::Limit& limit : saved.learnt)
        text += " learnt," + text_of(limit.scope) + "," + std::to_string(limit.calls) + "," +
                text_of(limit.limit) + "," + std::to_string(limit.count.left) + "," +
                text_of(limit.count.reset) + "," + std::to_string(limit.count.length.count());
    for (const Pace::Leave& leave : saved.leaves)
        text += " left," + text_of(leave.when) + "," + std::to_string(leave.posts);
    return text;
}

std::optional<Saved> parse_saved(std::string_view text) {
    Saved saved;
    if (text.empty())
        return saved;
    bool first = true;
    while (!text.empty()) {
        const auto blank = text.find(' ');
        const std::string_view record = text.substr(0, blank);
        text = blank == std::string_view::npos ? std::string_view{} : text.substr(blank + 1);
        if (first ? record != version : !read_record(record, saved))
            return std::nullopt;
        first = false;
    }
    return saved;
}

} // namespace crier::rates
