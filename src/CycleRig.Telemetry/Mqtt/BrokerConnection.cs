using System.Net.Sockets;
using System.Security.Authentication;
using CycleRig.Core.Telemetry;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using Polly;
using Polly.Retry;

namespace CycleRig.Telemetry.Mqtt;

/// <summary>A connection to a broker that comes back by itself, with its subscriptions: MQTT 5, QoS 1.</summary>
internal sealed class BrokerConnection : IAsyncDisposable
{
    private const int BufferBytes = 1 << 20; // The default of 8 KiB lets a subscriber crawl under a flood.
    private const int InFlightMax = 16;
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(15);

    /// <summary>A connection that ends sooner than this is as good as refused: the next one waits longer.</summary>
    private static readonly TimeSpan SoundAfter = TimeSpan.FromSeconds(2);

    private readonly BrokerSettings _broker;
    private readonly BrokerClient _what;
    private readonly TroubleBoard _troubles;
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _inFlight = new(InFlightMax);
    private readonly Task _work;
    private TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isReady;

    private BrokerConnection(BrokerSettings broker, BrokerClient what, TroubleBoard troubles)
    {
        (_broker, _what, _troubles) = (broker, what, troubles);
        _client.ApplicationMessageReceivedAsync += received => _what.Received(this, received.ApplicationMessage);
        _client.DisconnectedAsync += _ =>
        {
            _isReady = false;
            _lost.TrySetResult();
            return Task.CompletedTask;
        };
        _work = Task.Run(() => Run(_stop.Token));
    }

    /// <summary>Whether it is connected and subscribed.</summary>
    public bool IsReady => _isReady;

    /// <summary>Starts to connect, and goes on until disposed.</summary>
    public static BrokerConnection Start(BrokerSettings broker, BrokerClient what, TroubleBoard troubles) => new(broker, what, troubles);

    /// <summary>Publishes with QoS 1 and waits until the broker has it.</summary>
    /// <exception cref="TelemetryException">The broker refused it.</exception>
    /// <exception cref="MqttCommunicationException">The connection was lost: it is not known whether the broker has it.</exception>
    public async Task Publish(string topic, ReadOnlyMemory<byte> payload, bool retain, List<MqttUserProperty> properties, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Answer);
        await _inFlight.WaitAsync(cancellation);
        try
        {
            var answer = await _client.PublishAsync(
                new MqttApplicationMessage
                {
                    Topic = topic, Payload = new(payload), Retain = retain,
                    QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce, UserProperties = properties,
                },
                patience.Token);
            if (!answer.IsSuccess)
                throw new TelemetryException($"{_broker} refused a message on {topic}: {answer.ReasonCode}. Check the rights of {_broker.User ?? _what.ClientId}.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new MqttCommunicationTimedOutException();
        }
        finally
        {
            _inFlight.Release();
        }
    }

    /// <summary>Says goodbye, so that no will is published, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        try
        {
            if (_client.IsConnected)
                await _client.DisconnectAsync();
        }
        catch (MqttCommunicationException)
        {
            // Gone already.
        }

        _client.Dispose();
        _stop.Dispose();
        _inFlight.Dispose();
    }

    private string Trouble => $"broker {_what.ClientId}";

    private async Task Run(CancellationToken cancellation)
    {
        var again = new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue, Delay = PauseMin, MaxDelay = PauseMax,
                BackoffType = DelayBackoffType.Exponential, UseJitter = true,
                OnRetry = failed =>
                {
                    _troubles.Raise(Trouble, Explain(failed.Outcome.Exception!));
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
        try
        {
            var pause = TimeSpan.Zero;
            while (true)
            {
                await again.ExecuteAsync(async token => await Connect(token), cancellation);
                var isSound = await IsSound(cancellation);
                await _lost.Task.WaitAsync(cancellation);
                _troubles.Raise(Trouble, isSound
                    ? $"{_broker} was lost; it is tried again and again."
                    : $"{_broker} ended the connection {_what.ClientId} soon after it began. Check whether a second process runs with this user; it is tried again and again.");
                pause = isSound ? TimeSpan.Zero : pause == TimeSpan.Zero ? PauseMin : pause * 2 < PauseMax ? pause * 2 : PauseMax;
                await Task.Delay(pause, TimeProvider.System, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to end.
        }
    }

    /// <summary>The trouble is over once the connection has lasted for some seconds.</summary>
    private async Task<bool> IsSound(CancellationToken cancellation)
    {
        try
        {
            await _lost.Task.WaitAsync(SoundAfter, cancellation);
            return false;
        }
        catch (TimeoutException)
        {
            _troubles.Clear(Trouble);
            return true;
        }
    }

    private async Task Connect(CancellationToken cancellation)
    {
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer(_broker.Host, _broker.Port).WithTcpServer(tcp => tcp.BufferSize = BufferBytes)
            .WithProtocolVersion(MqttProtocolVersion.V500).WithClientId(_what.ClientId).WithTimeout(Answer).WithKeepAlivePeriod(KeepAlive)
            .WithCleanStart(_what.SessionSeconds == 0).WithSessionExpiryInterval(_what.SessionSeconds).WithReceiveMaximum(_what.ReceiveMax);
        if (_broker.User is { } user)
            options.WithCredentials(user, _broker.PasswordFile is { } file ? BrokerTrust.Secret(file) : "");
        if (_broker.IsEncrypted)
            BrokerTrust.Encrypt(options, _broker);
        if (_what.Will is { } will)
            options.WithWillTopic(will.Topic).WithWillPayload(will.Payload).WithWillRetain().WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        if (_client.IsConnected)
            await _client.DisconnectAsync(cancellationToken: cancellation);
        _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var connected = await _client.ConnectAsync(options.Build(), cancellation);
        if (connected.ResultCode != MqttClientConnectResultCode.Success)
            throw new TelemetryException($"{_broker} refused {_broker.User ?? _what.ClientId}: {connected.ResultCode}. Check user, password and certificate.");
        foreach (var filter in _what.Subscriptions)
        {
            var answer = await _client.SubscribeAsync(
                new MqttClientSubscribeOptions { TopicFilters = [new() { Topic = filter, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce }] }, cancellation);
            if (answer.Items.Any(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2))
                throw new TelemetryException($"{_broker} does not let {_broker.User ?? _what.ClientId} subscribe to {filter}. Check its rights.");
        }

        await _what.Connected(this, cancellation);
        _isReady = _client.IsConnected;
        if (!_isReady)
            throw new MqttCommunicationException("the connection was lost at once");
    }

    private string Explain(Exception failure) => failure switch
    {
        TelemetryException said => said.Message,
        _ when Inner<AuthenticationException>(failure) is { } untrusted => $"{_broker} is not trusted, or does not trust this client: {untrusted.Message.TrimEnd('.')}. Check ca, certificate and their dates.",
        _ when _broker.IsEncrypted && Inner<SocketException>(failure) is not { SocketErrorCode: not SocketError.NotConnected and not SocketError.ConnectionReset and not SocketError.Shutdown } =>
            $"{_broker} ended the encrypted connection before it answered: it may not trust this client. Check certificate, key and their dates.",
        _ => $"{_broker} cannot be reached: {(failure.InnerException ?? failure).Message.TrimEnd('.')}. It is tried again and again.",
    };

    private static T? Inner<T>(Exception failure)
        where T : Exception
    {
        for (var at = failure; at is not null; at = at.InnerException)
        {
            if (at is T wanted)
                return wanted;
        }

        return null;
    }
}
