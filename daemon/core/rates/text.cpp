#include "core/rates/text.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

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

/// Writes records into room that is large enough: done with each request, so without a string for each field.
class Writer {
public:
    explicit Writer(const Saved& saved)
        : text_(room_for(saved), ' ')
        , end_(text_.data()) {}

    Writer& word(std::string_view word) {
        end_ = std::copy(word.begin(), word.end(), end_);
        return *this;
    }
    Writer& record(std::string_view kind) {
        ++end_; // over a blank
        return word(kind);
    }
    Writer& field(std::string_view text) {
        *end_++ = ',';
        return word(text);
    }
    Writer& field(std::int64_t number) {
        *end_++ = ',';
        end_ = std::to_chars(end_, end_ + longest_number, number).ptr;
        return *this;
    }
    Writer& field(std::optional<int> limit) { return limit ? field(std::int64_t{*limit}) : field("-"); }
    Writer& field(Duration length) { return field(std::int64_t{length.count()}); }
    Writer& field(Instant when) { return field(when.time_since_epoch()); }
    Writer& field(Scope scope) { return field(scope == Scope::address ? "address" : "own"); }

    [[nodiscard]] std::string take() {
        text_.resize(static_cast<std::size_t>(end_ - text_.data()));
        return std::move(text_);
    }

private:
    static constexpr std::size_t longest_number = 20;
    static constexpr std::size_t longest_record = 20 + 6 * (1 + longest_number); ///< without a bucket's name

    static std::size_t room_for(const Saved& saved) {
        std::size_t room = version.size();
        for (const Saved::Count& bucket : saved.buckets)
            room += bucket.name.size();
        return room + longest_record * (1 + saved.buckets.size() + saved.learnt.size() + saved.leaves.size());
    }

    std::string text_;
    char* end_;
};

} // namespace

void Saved::add(const Ledger& ledger) {
    buckets.reserve(buckets.size() + ledger.buckets().size());
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
    Writer text{saved};
    text.word(version);
    if (saved.server_ahead != Duration::zero())
        text.record("clock").field(saved.server_ahead);
    for (const Saved::Count& bucket : saved.buckets)
        text.record("bucket")
            .field(bucket.scope)
            .field(std::string_view{bucket.name})
            .field(bucket.limit)
            .field(bucket.window)
            .field(bucket.count.window)
            .field(std::int64_t{bucket.count.used})
            .field(std::int64_t{bucket.count.spill});
    for (const Saved::Limit& limit : saved.learnt)
        text.record("learnt")
            .field(limit.scope)
            .field(std::int64_t{limit.calls})
            .field(limit.limit)
            .field(std::int64_t{limit.count.left})
            .field(limit.count.reset)
            .field(limit.count.length);
    for (const Pace::Leave& leave : saved.leaves)
        text.record("left").field(leave.when).field(std::int64_t{leave.posts});
    return text.take();
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
