#pragma once

#include "config/tree.hpp"
#include "core/settings.hpp"

#include <optional>
#include <string_view>

/// What the table's sections are read into: values as they were written, each with its place, before they
/// are merged and checked against one another. Texts are views into the documents.
namespace crier::config {

/// A value, and where it was given; without a place it is the default. One that is wrong was reported, has a
/// place and holds the default.
template <class T>
struct Given {
    T value{};
    Ref at;

    explicit operator bool() const noexcept { return static_cast<bool>(at); }
};

using GivenText = Given<std::string_view>;

/// Read later, when more is known: only its shape is checked so far.
using GivenNode = Given<Ref>;

enum class Metadata { keep, strip };
enum class SpreadOrder { even, random };

struct TokenDraft {
    GivenText env, credential, file;
};

struct QuietDraft {
    Given<std::chrono::minutes> from, to;
    GivenText timezone;
};

struct LimitsDraft {
    Given<Duration> min_gap;
    Given<int> per_hour, per_day;
    Given<QuietDraft> quiet;
    GivenNode blackout;
};

struct DeliveryDraft {
    Given<Duration> timeout, quiet, key_window, look, retry_first, retry_most, probe;
};

struct EvidenceDraft {
    GivenNode token;
};

struct QuestionDraft {
    GivenNode options;
    Given<Duration> expires_in;
    Given<bool> multiple, hide_totals;
};

struct CwRuleDraft {
    GivenNode match;
    GivenText spoiler_text;
};

/// All that a post's layers may say: `defaults`, an account's defaults, an entry's or source's post.
struct PostDraft {
    GivenText status, spoiler_text;
    Given<bool> sensitive;
    Given<Visibility> visibility;
    GivenText language;
    Given<Overflow> overflow;
    Given<bool> thread_counter;
    GivenNode mentions, cw_rules;
    Given<MissingAlt> missing_alt;
    Given<Metadata> metadata;
    GivenText content_type, in_reply_to, quote;
    Given<QuotePolicy> quote_policy;
    Given<bool> local_only, pin;
    Given<QuestionDraft> poll;
    GivenNode media;
    GivenNode thread;
    GivenNode in_turn;
};

struct DefaultsDraft : PostDraft {
    GivenText timezone;
};

struct MediaDraft {
    GivenText file, url, thumbnail;
    GivenNode from, focus;
    Given<Metadata> metadata;
    GivenText alt;
    Given<MissingAlt> missing_alt;
    Given<bool> required;
};

/// Words of `approval`.
enum class NeedsApproval { none, required };

struct AccountDraft {
    GivenText server, handle;
    Given<Mode> mode;
    GivenNode token;
    GivenNode defaults;
    Given<LimitsDraft> limits;
    Given<OnDoubt> on_doubt;
    Given<NeedsApproval> approval;
    Given<Duration> approve_within;
    Given<EvidenceDraft> evidence;
    Given<bool> receipt;
    Given<bool> allow_surplus_scopes;
    Given<DeliveryDraft> delivery;
};

struct MissedDraft {
    Given<Missed> policy;
    Given<Duration> within;
};

struct SpreadDraft {
    Given<int> posts;
    Given<std::chrono::minutes> from, to;
    Given<SpreadOrder> order;
};

struct OnlyIfDraft {
    GivenNode weekdays, dates, command;
    Given<Duration> timeout;
};

struct DrawDraft {
    GivenText from;
    Given<DrawOrder> order;
    Given<DrawDate> date;
    Given<Duration> repeat_after;
    Given<WhenEmpty> when_empty;
};

struct RunDraft {
    GivenNode command;
    Given<Duration> timeout;
};

struct EntryDraft {
    GivenNode fuse;
    GivenText name, was, account;
    Given<int> edition;
    GivenNode accounts;
    GivenNode cron, at, rrule;
    Given<Duration> every, offset;
    GivenText anchor;
    Given<SpreadDraft> spread;
    GivenText timezone;
    GivenNode except;
    GivenText start, until;
    Given<int> count;
    Given<OnlyIfDraft> only_if;
    Given<MissedDraft> missed;
    Given<Duration> expires_after, jitter;
    Given<QuietDraft> quiet;
    GivenNode blackout;
    Given<WhenQuiet> when_quiet;
    Given<NeedsApproval> approval;
    Given<Duration> approve_within;
    Given<PostDraft> post;
    Given<DrawDraft> draw;
    Given<RunDraft> run;
};

/// What differs for one of several accounts. `filter` only under a source.
struct TargetDraft {
    Given<PostDraft> post;
    GivenNode filter;
};

struct PollDraft {
    Given<Duration> min, max;
};

struct FirstRunDraft {
    GivenNode publish;
};

struct FilterDraft {
    GivenNode include, exclude;
};

struct SourceDraft {
    GivenText was, plugin, url, account, path, object, hook;
    Given<int> edition, memory, max_per_poll;
    GivenNode accounts, command, match, settings, poll, secret;
    Given<Duration> timeout, delay, spacing;
    Given<bool> allow_private, on_demand, recursive, strip_tracking, dedupe, unsigned_, websub;
    Given<After> after;
    Given<IdentifyBy> identity;
    Given<OnUpdate> on_update;
    Given<OnDelete> on_delete;
    Given<NeedsApproval> approval;
    Given<Duration> approve_within;
    Given<FirstRunDraft> first_run;
    Given<Duration> max_age;
    GivenNode filter, fuse;
    Given<PostDraft> post;
};

struct FuseDraft {
    Given<int> posts;
    Given<Duration> within;
    Given<int> same_link, same_text;
};

struct WebhookDraft {
    GivenText url;
    GivenNode token;
};

struct HeartbeatDraft {
    GivenText url;
    Given<Duration> every;
};

struct AlertsDraft {
    GivenNode command, on;
    Given<WebhookDraft> webhook;
    Given<HeartbeatDraft> heartbeat;
    Given<Duration> silent_for, repeat;
};

struct AdminDraft {
    GivenText socket;
    GivenText listen;
    GivenNode token;
    GivenText url;
};

struct InboundDraft {
    GivenNode listen;
    Given<int> max_body;
    GivenText url;
};

enum class LogLevel { trace, debug, info, warning, error };
enum class LogFormat { automatic, journald, color, plain, json };

struct LogDraft {
    Given<LogLevel> level;
    Given<LogFormat> format;
};

struct DedupeDraft {
    GivenNode by;
    Given<Duration> within;
};

struct KeepDraft {
    Given<Duration> posts;
};

struct TopDraft {
    Given<int> version;
    GivenNode accounts, include, defaults, schedule, sources, fuse, alerts;
    GivenText store;
    Given<Duration> lease;
    Given<int> requests_per_server;
    Given<AdminDraft> admin;
    Given<InboundDraft> inbound;
    Given<LogDraft> log;
    Given<DedupeDraft> dedupe;
    Given<KeepDraft> keep;
};

} // namespace crier::config
