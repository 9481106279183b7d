// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Kept} from "./Kept.sol";
import {Token} from "./Token.sol";

AnkrETH constant ANKR_ETH = AnkrETH(0xE95A203B1a91a908F9B9CE46459d101078c2c3cb);
AETHb constant AETH_B = AETHb(0xD01ef7C0A5d8c432fc2d1a85c66cF2327362E5C6);

/// ankrETH: `ratio` is shares per ETH, the inverse of a rate, and falls as rewards come.
contract AnkrETH is Token {
    event RatioUpdate(uint256 newRatio);
    event LockedV2(address indexed account, uint256 amount, uint256 ratio);
    event UnlockedV2(address indexed account, uint256 amount, uint256 ratio);

    error NoRewards();
    error TooSoon();
    error TooMuch();

    uint256 public ratio;
    uint256 private lastUpdate;

    function name() external pure returns (string memory) {
        return "Ankr Staked ETH";
    }

    function symbol() external pure returns (string memory) {
        return "ankrETH";
    }

    function isRebasing() external pure returns (bool) {
        return false;
    }

    /// The largest fall of the ratio in one update, of 1e8.
    function _RATIO_THRESHOLD() public pure returns (uint256) {
        return 100_000;
    }

    /// ETH for shares, rounded down.
    function sharesToBonds(uint256 amount) external view returns (uint256) {
        return amount * 1 ether / ratio;
    }

    /// Shares for ETH, rounded up.
    function bondsToShares(uint256 amount) external view returns (uint256) {
        return (amount * ratio + 1 ether - 1) / 1 ether;
    }

    function updateRatio(uint256 newRatio) external kept {
        if (newRatio > ratio) revert NoRewards();
        if (block.timestamp < lastUpdate + 12 hours) revert TooSoon();
        if (newRatio < ratio - ratio * _RATIO_THRESHOLD() / 1e8) revert TooMuch();
        lastUpdate = block.timestamp;
        _setRatio(newRatio);
    }

    /// The owner's way past every check: the rate can fall here.
    function repairRatio(uint256 newRatio) external kept {
        _setRatio(newRatio);
    }

    function keeperMint(address to, uint256 shares) external kept {
        _mint(to, shares);
    }

    function keeperBurn(address from, uint256 shares) external kept {
        _burn(from, shares);
    }

    /// Turn ankrETH into its rebasing sibling: the shares stay in the supply, held by this contract.
    function lockSharesFor(address account, uint256 shares) external kept {
        _move(account, address(this), shares);
        AETH_B.lock(account, shares);
        emit LockedV2(account, shares, ratio);
    }

    function unlockSharesFor(address account, uint256 shares) external kept {
        AETH_B.unlock(account, shares);
        _move(address(this), account, shares);
        emit UnlockedV2(account, shares, ratio);
    }

    function _setRatio(uint256 newRatio) private {
        ratio = newRatio;
        emit RatioUpdate(newRatio);
    }
}

/// aETHb: balances are worked out from the locked shares at each read, so a rebase moves them without an event.
contract AETHb is Kept {
    event Transfer(address indexed from, address indexed to, uint256 value);

    error OnlyAnkrETH();

    mapping(address => uint256) public lockedSharesOf;
    uint256 private totalLockedShares;

    modifier onlyAnkrETH() {
        if (msg.sender != address(ANKR_ETH)) revert OnlyAnkrETH();
        _;
    }

    function name() external pure returns (string memory) {
        return "Ankr Reward Earning ETH Bond";
    }

    function symbol() external pure returns (string memory) {
        return "aETHb";
    }

    function decimals() external pure returns (uint8) {
        return 18;
    }

    function isRebasing() external pure returns (bool) {
        return true;
    }

    function balanceOf(address account) public view returns (uint256) {
        return ANKR_ETH.sharesToBonds(lockedSharesOf[account]);
    }

    function totalSupply() external view returns (uint256) {
        return ANKR_ETH.sharesToBonds(totalLockedShares);
    }

    function keeperMove(address from, address to, uint256 amount) external kept {
        _move(from, to, amount);
    }

    function keeperMoveAll(address from, address to) external kept {
        _move(from, to, balanceOf(from));
    }

    function lock(address account, uint256 shares) external onlyAnkrETH {
        lockedSharesOf[account] += shares;
        totalLockedShares += shares;
        emit Transfer(address(0), account, ANKR_ETH.sharesToBonds(shares));
    }

    function unlock(address account, uint256 shares) external onlyAnkrETH {
        lockedSharesOf[account] -= shares;
        totalLockedShares -= shares;
        emit Transfer(account, address(0), ANKR_ETH.sharesToBonds(shares));
    }

    /// The event tells ETH; the shares that move for it are rounded up and not told.
    function _move(address from, address to, uint256 amount) private {
        uint256 shares = ANKR_ETH.bondsToShares(amount);
        lockedSharesOf[from] -= shares;
        lockedSharesOf[to] += shares;
        emit Transfer(from, to, amount);
    }
}

contract AnkrGlobalPool is Kept {
    uint256 public getTotalPendingUnstakes;

    function keeperSet(uint256 pending) external kept {
        getTotalPendingUnstakes = pending;
    }
}
